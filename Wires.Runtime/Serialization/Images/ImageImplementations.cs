using System.Diagnostics.CodeAnalysis;
using Wires.Serialization.Formatters;

namespace Wires.Serialization.Images;

/// <summary>
/// The usual collections of one type of elements. Where a field declares an interface, no code names what is behind it, so nothing has
/// registered a formatter for that; it is made known when a value of the interface is first met.
/// </summary>
internal static class ImageImplementations<T>
{
    private static readonly bool s_isRegistered = Add();

    /// <summary>Makes them known, the first time.</summary>
    public static void Register() => _ = s_isRegistered;

    [SuppressMessage("Design", "MA0051", Justification = "A table.")]
    private static bool Add()
    {
        ImageTypes.SetDefault(new ArrayFormatter<T>());
        ImageTypes.SetDefault(new ListFormatter<T>());
        ImageTypes.SetDefault(new HashSetFormatter<T>());
        ImageTypes.SetDefault(new SortedSetFormatter<T>());
        ImageTypes.SetDefault(new QueueFormatter<T>());
        ImageTypes.SetDefault(new StackFormatter<T>());
        ImageTypes.SetDefault(new LinkedListFormatter<T>());
        ImageTypes.SetDefault(new CollectionFormatter<T>());
        ImageTypes.SetDefault(new ObservableCollectionFormatter<T>());
        ImageTypes.SetDefault(new ReadOnlyCollectionFormatter<T>());
        ImageTypes.SetDefault(new ReadOnlyObservableCollectionFormatter<T>());
        ImageTypes.SetDefault(new ReadOnlySetFormatter<T>());
        ImageTypes.SetDefault(new ConcurrentQueueFormatter<T>());
        ImageTypes.SetDefault(new ConcurrentStackFormatter<T>());
        ImageTypes.SetDefault(new ConcurrentBagFormatter<T>());
        ImageTypes.SetDefault(new ImmutableListFormatter<T>());
        ImageTypes.SetDefault(new ImmutableQueueFormatter<T>());
        ImageTypes.SetDefault(new ImmutableStackFormatter<T>());
        ImageTypes.SetDefault(new ImmutableHashSetFormatter<T>());
        ImageTypes.SetDefault(new ImmutableSortedSetFormatter<T>());
        ImageTypes.SetDefault(new FrozenSetFormatter<T>());
        return true;
    }
}

/// <inheritdoc cref="ImageImplementations{T}"/>
internal static class ImageImplementations<TKey, TValue>
    where TKey : notnull
{
    private static readonly bool s_isRegistered = Add();

    /// <inheritdoc cref="ImageImplementations{T}.Register"/>
    public static void Register() => _ = s_isRegistered;

    private static bool Add()
    {
        ImageTypes.SetDefault(new DictionaryFormatter<TKey, TValue>());
        ImageTypes.SetDefault(new SortedDictionaryFormatter<TKey, TValue>());
        ImageTypes.SetDefault(new SortedListFormatter<TKey, TValue>());
        ImageTypes.SetDefault(new OrderedDictionaryFormatter<TKey, TValue>());
        ImageTypes.SetDefault(new ConcurrentDictionaryFormatter<TKey, TValue>());
        ImageTypes.SetDefault(new ReadOnlyDictionaryFormatter<TKey, TValue>());
        ImageTypes.SetDefault(new ImmutableDictionaryFormatter<TKey, TValue>());
        ImageTypes.SetDefault(new ImmutableSortedDictionaryFormatter<TKey, TValue>());
        ImageTypes.SetDefault(new FrozenDictionaryFormatter<TKey, TValue>());
        return true;
    }
}
