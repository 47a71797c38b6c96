namespace Wires.Serialization.Formatters;

/// <summary>Formats arrays of two dimensions.</summary>
public sealed class TwoDimensionalArrayFormatter<T> : MultiDimensionalArrayFormatter<T[,], T>
{
    private protected override int Rank => 2;

    private protected override T[,] Create(scoped ReadOnlySpan<int> lengths) => new T[lengths[0], lengths[1]];
}
