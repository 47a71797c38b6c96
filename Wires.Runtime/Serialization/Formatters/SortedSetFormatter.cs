namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="SortedSet{T}"/>, which is read with the default comparer.</summary>
public sealed class SortedSetFormatter<T> : MutableCollectionFormatter<SortedSet<T>, T>
{
    private protected override object DefaultComparer => Comparer<T>.Default;

    private protected override object ComparerOf(SortedSet<T> value) => value.Comparer;

    private protected override T[] ToArray(SortedSet<T> value) => value.ToArray();

    private protected override SortedSet<T> FromArray(T[] items)
    {
        var value = new SortedSet<T>(items);
        CheckCount(value.Count, items);
        return value;
    }

    private protected override SortedSet<T> Create(object? comparer) => new(As<IComparer<T>>(comparer));

    private protected override void Fill(SortedSet<T> value, T[] items)
    {
        value.UnionWith(items);
        CheckCount(value.Count, items);
    }
}
