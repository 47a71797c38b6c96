namespace Wires;

/// <summary>How far a node is that sends wires away.</summary>
/// <param name="Moved">How many have gone.</param>
/// <param name="Left">How many of those that should go were still there at the last look.</param>
/// <param name="Stays">What did not go at the last attempt, and why: the first of them.</param>
public sealed record EmptyingReport(int Moved, int Left, IReadOnlyList<StayingWire> Stays)
{
    /// <summary>No report names more wires than this.</summary>
    internal const int MostStays = 20;

    /// <inheritdoc/>
    public override string ToString() => Left == 0 ? $"{Moved} moved" : $"{Moved} moved, {Left} left{string.Concat(Stays.Select(static wire => $"\n  {wire.Id}: {wire.Reason}"))}";
}
