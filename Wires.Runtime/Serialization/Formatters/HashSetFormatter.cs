namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="HashSet{T}"/>, which is read with the default comparer.</summary>
public sealed class HashSetFormatter<T> : MutableCollectionFormatter<HashSet<T>, T>
{
    private protected override object DefaultComparer => EqualityComparer<T>.Default;

    private protected override object ComparerOf(HashSet<T> value) => value.Comparer;

    private protected override T[] ToArray(HashSet<T> value) => value.ToArray();

    private protected override HashSet<T> FromArray(T[] items)
    {
        var value = new HashSet<T>(items);
        CheckCount(value.Count, items);
        return value;
    }

    private protected override HashSet<T> Create(object? comparer) => new(As<IEqualityComparer<T>>(comparer));

    private protected override void Fill(HashSet<T> value, T[] items)
    {
        value.UnionWith(items);
        CheckCount(value.Count, items);
    }
}
