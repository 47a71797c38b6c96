namespace Wires.Serialization.Formatters;

/// <summary>What collections share that can be made empty and filled afterwards.</summary>
/// <typeparam name="TCollection">The declared type of the collection.</typeparam>
/// <typeparam name="T">Its elements.</typeparam>
public abstract class MutableCollectionFormatter<TCollection, T> : SequenceFormatter<TCollection, T>
{
    private protected MutableCollectionFormatter()
    {
    }

    /// <inheritdoc/>
    public sealed override bool CreatesFirst => true;

    private protected abstract override TCollection Create(object? comparer);

    private protected abstract override void Fill(TCollection value, T[] items);

    private protected override TCollection FromArray(T[] items)
    {
        var value = Create(comparer: null);
        Fill(value, items);
        return value;
    }
}
