namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ICollection{T}"/> of a user's own class, which holds nothing but its elements.</summary>
public sealed class GenericCollectionFormatter<TCollection, T> : SequenceFormatter<TCollection, T>
    where TCollection : class, ICollection<T>, new()
{
    private protected override T[] ToArray(TCollection value) => value.ToArray();

    private protected override TCollection FromArray(T[] items)
    {
        var value = new TCollection();
        foreach (var item in items)
        {
            value.Add(item);
        }

        CheckCount(value.Count, items);
        return value;
    }
}
