namespace Wires.Serialization.Formatters;

/// <summary>Formats arrays of four dimensions.</summary>
public sealed class FourDimensionalArrayFormatter<T> : MultiDimensionalArrayFormatter<T[,,,], T>
{
    private protected override int Rank => 4;

    private protected override T[,,,] Create(scoped ReadOnlySpan<int> lengths) => new T[lengths[0], lengths[1], lengths[2], lengths[3]];
}
