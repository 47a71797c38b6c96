namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ICollection{T}"/> of a user's own class, which holds nothing but its elements.</summary>
public sealed class GenericCollectionFormatter<TCollection, T> : MutableCollectionFormatter<TCollection, T>
    where TCollection : class, ICollection<T>, new()
{
    private protected override bool ComparesElements => true;

    private protected override T[] ToArray(TCollection value) => value.ToArray();

    private protected override TCollection Create(object? comparer) => new();

    private protected override void Fill(TCollection value, T[] items)
    {
        foreach (var item in items)
        {
            value.Add(item);
        }

        CheckCount(value.Count, items);
    }
}
