namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="HashSet{T}"/>, which is read with the default comparer.</summary>
public sealed class HashSetFormatter<T> : SequenceFormatter<HashSet<T>, T>
{
    private protected override T[] ToArray(HashSet<T> value) => value.ToArray();

    private protected override HashSet<T> FromArray(T[] items)
    {
        var value = new HashSet<T>(items);
        CheckCount(value.Count, items);
        return value;
    }
}
