namespace Wires.Serialization.Formatters;

/// <summary>Formats arrays of three dimensions.</summary>
public sealed class ThreeDimensionalArrayFormatter<T> : MultiDimensionalArrayFormatter<T[,,], T>
{
    private protected override int Rank => 3;

    private protected override T[,,] Create(scoped ReadOnlySpan<int> lengths) => new T[lengths[0], lengths[1], lengths[2]];
}
