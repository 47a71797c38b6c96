using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;

namespace Wires.Serialization.Formatters;

/// <summary>What collections that are views of others are made of. They show it to classes that derive from them, so the names are part of their contract.</summary>
internal static class Views<T>
{
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Items")]
    public static extern IList<T> ItemsOf(Collection<T> view);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Items")]
    public static extern IList<T> ItemsOf(ReadOnlyCollection<T> view);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Set")]
    public static extern ISet<T> SetOf(ReadOnlySet<T> view);
}

/// <inheritdoc cref="Views{T}"/>
internal static class Views<TKey, TValue>
    where TKey : notnull
{
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Dictionary")]
    public static extern IDictionary<TKey, TValue> DictionaryOf(ReadOnlyDictionary<TKey, TValue> view);
}
