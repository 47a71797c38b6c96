namespace Wires.Mobility;

/// <summary>What a method that threw before its first suspension leaves.</summary>
internal sealed class FaultedFrame<TResult> : WireFrame<TResult>
{
    public static FaultedFrame<TResult> Create() => new();

    internal override void MoveNext() => throw new NotSupportedException("It has no code.");

    private protected override void Return()
    {
    }
}
