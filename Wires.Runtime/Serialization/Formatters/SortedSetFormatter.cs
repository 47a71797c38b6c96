namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="SortedSet{T}"/>, which is read with the default comparer.</summary>
public sealed class SortedSetFormatter<T> : SequenceFormatter<SortedSet<T>, T>
{
    private protected override T[] ToArray(SortedSet<T> value) => value.ToArray();

    private protected override SortedSet<T> FromArray(T[] items)
    {
        var value = new SortedSet<T>(items);
        CheckCount(value.Count, items);
        return value;
    }
}
