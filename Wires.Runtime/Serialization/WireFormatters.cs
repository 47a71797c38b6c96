using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Wires.Serialization.Images;

namespace Wires.Serialization;

/// <summary>
/// The formatter of each declared type. Known from the start: the simple types of the base library, their nullables and their arrays (see
/// <see cref="BuiltInFormatters"/>). All others are registered, mostly by generated code, before the first value of the type is met.
/// </summary>
/// <remarks>
/// What generated code registers for a closed type, all with a public constructor without parameters, namespace
/// <c>Wires.Serialization.Formatters</c>; the order of registration does not matter:
/// <code>
/// any type without references (enum, struct, Index, ValueTuple)  UnmanagedFormatter{T}
/// T?                                       NullableFormatter{T}
/// T[]  (no references in T)                UnmanagedArrayFormatter{T}
/// T[]  (any T), T[,], T[,,], T[,,,]        ArrayFormatter{T}, TwoDimensionalArrayFormatter{T}, ThreeDimensionalArrayFormatter{T}, FourDimensionalArrayFormatter{T}
/// ArraySegment{T}, Memory{T}               ArraySegmentFormatter{T}, MemoryFormatter{T}
/// ReadOnlyMemory{T}, ReadOnlySequence{T}   ReadOnlyMemoryFormatter{T}, ReadOnlySequenceFormatter{T}
/// KeyValuePair{K,V}, Lazy{T}               KeyValuePairFormatter{K,V}, LazyFormatter{T}
/// Tuple{...}, (...) of 1 to 8              TupleFormatter{...}, ValueTupleFormatter{...} (the 8th argument is itself a tuple type to register)
///
/// List, Stack, Queue, LinkedList           ListFormatter{T}, StackFormatter{T}, QueueFormatter{T}, LinkedListFormatter{T}
/// HashSet, SortedSet, ReadOnlySet          HashSetFormatter{T}, SortedSetFormatter{T}, ReadOnlySetFormatter{T}
/// PriorityQueue{E,P}                       PriorityQueueFormatter{E,P}
/// Collection, ObservableCollection         CollectionFormatter{T}, ObservableCollectionFormatter{T}
/// ReadOnlyCollection, ReadOnlyObservableCollection   ReadOnlyCollectionFormatter{T}, ReadOnlyObservableCollectionFormatter{T}
/// Dictionary, SortedDictionary, SortedList DictionaryFormatter{K,V}, SortedDictionaryFormatter{K,V}, SortedListFormatter{K,V}
/// OrderedDictionary, ReadOnlyDictionary    OrderedDictionaryFormatter{K,V}, ReadOnlyDictionaryFormatter{K,V}
/// ConcurrentBag, -Queue, -Stack, -Dictionary, BlockingCollection
///                                          ConcurrentBagFormatter{T}, ConcurrentQueueFormatter{T}, ConcurrentStackFormatter{T},
///                                          ConcurrentDictionaryFormatter{K,V}, BlockingCollectionFormatter{T}
/// ImmutableArray, -List, -Queue, -Stack, -HashSet, -SortedSet
///                                          ImmutableArrayFormatter{T}, ImmutableListFormatter{T}, ImmutableQueueFormatter{T},
///                                          ImmutableStackFormatter{T}, ImmutableHashSetFormatter{T}, ImmutableSortedSetFormatter{T}
/// ImmutableDictionary, -SortedDictionary   ImmutableDictionaryFormatter{K,V}, ImmutableSortedDictionaryFormatter{K,V}
/// FrozenSet, FrozenDictionary              FrozenSetFormatter{T}, FrozenDictionaryFormatter{K,V}
///
/// IEnumerable (reads as T[])               InterfaceEnumerableFormatter{T}
/// ICollection, IReadOnlyCollection, IList, IReadOnlyList (read as List{T})
///                                          InterfaceCollectionFormatter{T}, InterfaceReadOnlyCollectionFormatter{T}, InterfaceListFormatter{T}, InterfaceReadOnlyListFormatter{T}
/// ISet, IReadOnlySet (HashSet)             InterfaceSetFormatter{T}, InterfaceReadOnlySetFormatter{T}
/// IDictionary, IReadOnlyDictionary (Dictionary)  InterfaceDictionaryFormatter{K,V}, InterfaceReadOnlyDictionaryFormatter{K,V}
/// IGrouping{K,E}, ILookup{K,E}             InterfaceGroupingFormatter{K,E}, InterfaceLookupFormatter{K,E} (needs no registered IGrouping)
/// IImmutableList, IImmutableQueue, IImmutableStack, IImmutableSet, IImmutableDictionary
///                                          InterfaceImmutableListFormatter{T}, InterfaceImmutableQueueFormatter{T}, InterfaceImmutableStackFormatter{T},
///                                          InterfaceImmutableSetFormatter{T}, InterfaceImmutableDictionaryFormatter{K,V}
///
/// a user's C : ICollection{T}, new()       GenericCollectionFormatter{C,T}
/// a user's D : IDictionary{K,V}, new()     GenericDictionaryFormatter{D,K,V}
/// </code>
/// A formatter needs those of its type's arguments too (lists and arrays of elements without references do not).
/// There is none, on purpose, for <see cref="object"/>, delegates and <see cref="Type"/>.
/// </remarks>
public static class WireFormatters
{
    /// <summary>Sets the formatter of a declared type. A formatter that is already in use elsewhere stays in use there.</summary>
    public static void Register<T>(WireFormatter<T> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Volatile.Write(ref Cache<T>.Formatter, formatter);
        if (!typeof(T).IsValueType)
        {
            ImageTypes.Set(formatter);
        }
    }

    /// <summary>For generated code: says why it made no formatter for a type. One that is registered all the same is used.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Refuse<T>(string reason) => Cache<T>.Refusal = reason;

    /// <summary>The formatter of a declared type.</summary>
    /// <exception cref="WireSerializationException">There is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WireFormatter<T> Get<T>() => Cache<T>.Formatter ?? GetFirst<T>();

    /// <summary>The formatter of a declared type, or null.</summary>
    public static WireFormatter<T>? Find<T>()
    {
        var formatter = Cache<T>.Formatter;
        if (formatter is null && BuiltInFormatters.Create<T>() is { } builtIn)
        {
            // A registration that comes meanwhile is the one that counts.
            formatter = Interlocked.CompareExchange(ref Cache<T>.Formatter, builtIn, null) ?? builtIn;
        }

        return formatter;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WireFormatter<T> GetFirst<T>() => Find<T>() ?? Throw<T>();

    [DoesNotReturn]
    private static WireFormatter<T> Throw<T>() =>
        throw new WireSerializationException(
            Cache<T>.Refusal ?? "No formatter is registered for this type. The generator registers one for each type that a wire's methods or state name; a type beyond these has to be registered with WireFormatters.Register", typeof(T), -1);

    private static class Cache<T>
    {
        public static WireFormatter<T>? Formatter;

        public static string? Refusal;
    }
}
