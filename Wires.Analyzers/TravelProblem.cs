namespace Wires.Analyzers;

/// <summary>Why values of a type cannot leave their node.</summary>
internal sealed class TravelProblem(bool isHidden, string reason)
{
    /// <summary>The type keeps fields that nobody here can see (WIRE3005), rather than things of one node (WIRE3001).</summary>
    public bool IsHidden { get; } = isHidden;

    public string Reason { get; } = reason;
}
