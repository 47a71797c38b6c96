using System.Buffers;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Numerics;
using System.Text;
using Wires.Serialization;
using Wires.Serialization.Formatters;

namespace Wires.Tests.Serialization;

/// <summary>A value of every type that the format has, of simple elements, of shared ones (strings) and of mutable ones (persons).</summary>
internal static class Samples
{
    public static IReadOnlyList<ISample> All { get; } =
    [
        .. Simple(), .. Objects(), .. Compounds(),
        .. Collections([3, 1, 2]), .. Collections(["b", "a", "日本"]), .. Collections([new Person { Name = "x", Boss = new Person { Tags = ["t"] } }, new Person()], comparable: false),
        .. Collections<(bool, decimal)>([(true, 1.5m), (false, -2m)]),
        .. Pairs(1, "one", 2, "two"), .. Pairs("a", new Person { Tags = [] }, "b", new Person { Name = "b" }), .. Pairs((byte)1, 2L, (byte)3, 4L),
    ];

    private static Sample<T> Of<T>(T? value, WireFormatter<T>? formatter = null, string? note = null) => new(value, formatter, note);

    private static IEnumerable<ISample> Simple() =>
    [
        Of(true), Of((byte)1), Of((sbyte)-1), Of((short)-2), Of((ushort)2), Of(-3), Of(3u), Of(-4L), Of(4ul), Of('x'), Of(1.5f), Of(double.NaN), Of(decimal.MinValue),
        Of((nint)5), Of((nuint)6), Of(DateTime.MaxValue), Of(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-14))), Of(TimeSpan.MinValue),
        Of(DateOnly.MaxValue), Of(TimeOnly.MaxValue), Of(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")), Of(Half.Epsilon), Of(Int128.MinValue), Of(UInt128.MaxValue), Of(new Rune(0x1F600)),
        Of(new Complex(1, 2)), Of(new Plane(1, 2, 3, 4)), Of(new Quaternion(1, 2, 3, 4)), Of(new Matrix3x2(1, 2, 3, 4, 5, 6)), Of(Matrix4x4.Identity),
        Of(new Vector2(1, 2)), Of(new Vector3(1, 2, 3)), Of(new Vector4(1, 2, 3, 4)), Of(^3), Of(1..^2), Of(DayOfWeek.Friday),
        Of<int?>(null, note: "null"), Of<int?>(7), Of<bool?>(true), Of<decimal?>(1m), Of<DateTime?>(DateTime.UnixEpoch), Of<Guid?>(Guid.Empty), Of<Rune?>(new Rune('x')),
        Of("text"), Of("", note: "empty"), Of<string>(null, note: "null"), Of("\uD800 unpaired", note: "unpaired surrogate"), Of(new string('é', 5000), note: "long"),
        Of(new Uri("https://a.b/c?d=é")), Of(new Uri("a/b", UriKind.Relative), note: "relative"), Of(new Version(1, 2)), Of(new Version(1, 2, 3), note: "3"), Of(new Version(1, 2, 3, 4), note: "4"),
        Of(BigInteger.Pow(-7, 99)), Of(BigInteger.Pow(2, 9000), note: "large"), Of(BigInteger.Zero, note: "zero"), Of(CultureInfo.GetCultureInfo("de-DE")), Of(CultureInfo.InvariantCulture, note: "invariant"),
        Of(TimeZoneInfo.Utc), Of(TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromMinutes(90), "x", "x"), note: "custom"),
        Of(new BitArray([true, false, true])), Of(new BitArray(70, true), note: "70"), Of(new BitArray(0), note: "empty"), Of(new StringBuilder("some").Append(new string('y', 9000))), Of(new StringBuilder(), note: "empty"),
    ];

    private static IEnumerable<ISample> Objects() =>
    [
        Of(new Padded { A = 1, B = 2, C = 3 }), Of<Padded?>(new Padded { A = 1 }, new NullableFormatter<Padded>()), Of(new Person { Name = "Ann", Tags = ["x", "y"], Boss = new Person() }), Of<Person>(null, note: "null"),
        Of(new Line(new Point(1, 2), new Point(3, 4), "l")), Of(new Mixed { A = 1, S = "s" }), Of<Mixed?>(new Mixed { A = 1, S = "s" }, new NullableFormatter<Mixed>()), Of<Mixed?>(null, note: "null"),
        Of(new Tolerant { Id = 1, Name = new string('n', 300), Extra = 2 }), Of(new Gappy { A = 1, D = 2 }), Of(new Node { Id = 1, Next = new Node { Id = 2 } }),
        Of<IShape>(new Circle { R = 1 }), Of<IShape>(new Rect { W = 1, H = 2 }, note: "wide tag"), Of<IShape>(null, note: "null"), Of(new Ignored { A = 1 }), Of(new Derived { A = 1, B = "b" }), Of(new Box<string> { V = "v" }),
        Of<IShape[]>([new Circle(), null!, new Rect()], new ArrayFormatter<IShape>()),
    ];

    private static IEnumerable<ISample> Compounds()
    {
        var ann = new Person { Name = "Ann" };
        return
        [
            Of(new Lazy<int>(5), new LazyFormatter<int>()), Of(new Lazy<Person>(() => new Person { Age = 5 }), new LazyFormatter<Person>()),
            Of(Tuple.Create(1), new TupleFormatter<int>()), Of(Tuple.Create(1, "a"), new TupleFormatter<int, string>()), Of(Tuple.Create(1, "a", ann), new TupleFormatter<int, string, Person>()),
            Of(Tuple.Create(1, 2, 3, 4), new TupleFormatter<int, int, int, int>()), Of(Tuple.Create(1, 2, 3, 4, "e"), new TupleFormatter<int, int, int, int, string>()),
            Of(Tuple.Create(1, 2, 3, 4, 5, 6), new TupleFormatter<int, int, int, int, int, int>()), Of(Tuple.Create(1, 2, 3, 4, 5, 6, 7), new TupleFormatter<int, int, int, int, int, int, int>()),
            Of(Tuple.Create(1, 2, 3, 4, 5, 6, 7, 8), new TupleFormatter<int, int, int, int, int, int, int, Tuple<int>>()), Of<Tuple<int>>(null, note: "null"),
            Of(new ValueTuple(), new UnmanagedFormatter<ValueTuple>()), Of(ValueTuple.Create(1), new ValueTupleFormatter<int>()), Of(ValueTuple.Create("a"), new ValueTupleFormatter<string>()),
            Of(((byte)1, 2L), new ValueTupleFormatter<byte, long>()), Of((1, "a"), new ValueTupleFormatter<int, string>()), Of((true, (bool?)true, DateTime.UnixEpoch), new ValueTupleFormatter<bool, bool?, DateTime>()),
            Of((1, 2, 3, ann), new ValueTupleFormatter<int, int, int, Person>()), Of((1, 2, 3, 4, 5), new ValueTupleFormatter<int, int, int, int, int>()), Of((1, 2, 3, 4, 5, "f"), new ValueTupleFormatter<int, int, int, int, int, string>()),
            Of((1, 2, 3, 4, 5, 6, 7), new ValueTupleFormatter<int, int, int, int, int, int, int>()),
            Of((1, 2, 3, 4, 5, 6, 7, "h"), new ValueTupleFormatter<int, int, int, int, int, int, int, ValueTuple<string>>()), Of((1, 2, 3, 4, 5, 6, 7, 8), new ValueTupleFormatter<int, int, int, int, int, int, int, ValueTuple<int>>()),
            Of(new KeyValuePair<byte, long>(1, 2), new KeyValuePairFormatter<byte, long>()), Of(new KeyValuePair<DateTime, byte>(DateTime.UnixEpoch, 2), new KeyValuePairFormatter<DateTime, byte>()),
            Of(new KeyValuePair<int, Person>(1, ann), new KeyValuePairFormatter<int, Person>()),
            Of<int[][]>([[1], [], null!, [2, 3]], new ArrayFormatter<int[]>()), Of<List<List<string>>>([["a"], null!, []], new ListFormatter<List<string>>()),
            Of(new Words { "one", "two" }, new GenericCollectionFormatter<Words, string>()), Of(new Prices { ["a"] = 1 }, new GenericDictionaryFormatter<Prices, string, decimal>()),
        ];
    }

    private static List<ISample> Collections<T>(T[] items, bool comparable = true)
    {
        List<T> list = [.. items];
        var two = new T[2, items.Length];
        two[1, 0] = items[0];
        var three = new T[1, 2, 1];
        three[0, 1, 0] = items[0];
        var four = new T[1, 1, 1, 2];
        four[0, 0, 0, 1] = items[0];
        List<ISample> samples =
        [
            Of(items, new ArrayFormatter<T>()), Of<T[]>([], note: "empty"), Of<T[]>(null, note: "null"), Of(two, new TwoDimensionalArrayFormatter<T>()), Of(three, new ThreeDimensionalArrayFormatter<T>()), Of(four, new FourDimensionalArrayFormatter<T>()),
            Of(new T[0, 3], note: "no rows"), Of(new ArraySegment<T>(items, 1, 1), new ArraySegmentFormatter<T>()), Of(default(ArraySegment<T>), note: "default"),
            Of(items.AsMemory(1), new MemoryFormatter<T>()), Of<ReadOnlyMemory<T>>(items, new ReadOnlyMemoryFormatter<T>()), Of(new ReadOnlySequence<T>(items), new ReadOnlySequenceFormatter<T>()),
            Of(list, new ListFormatter<T>()), Of<List<T>>([], note: "empty"), Of<List<T>>(null, note: "null"), Of(new Stack<T>(items), new StackFormatter<T>()), Of(new Queue<T>(items), new QueueFormatter<T>()), Of(new LinkedList<T>(items), new LinkedListFormatter<T>()),
            Of(new HashSet<T>(items), new HashSetFormatter<T>()), Of(new ReadOnlySet<T>(new HashSet<T>(items)), new ReadOnlySetFormatter<T>()),
            Of(new Collection<T>(list), new CollectionFormatter<T>()), Of(new ObservableCollection<T>(items), new ObservableCollectionFormatter<T>()),
            Of(new ReadOnlyCollection<T>(list), new ReadOnlyCollectionFormatter<T>()), Of(new ReadOnlyObservableCollection<T>(new ObservableCollection<T>(items)), new ReadOnlyObservableCollectionFormatter<T>()),
            Of(new ConcurrentBag<T>([items[0]]), new ConcurrentBagFormatter<T>()), Of(new ConcurrentQueue<T>(items), new ConcurrentQueueFormatter<T>()), Of(new ConcurrentStack<T>(items), new ConcurrentStackFormatter<T>()),
            Of(new BlockingCollection<T> { items[0] }, new BlockingCollectionFormatter<T>()),
            Of<ImmutableArray<T>>([.. items], new ImmutableArrayFormatter<T>()), Of(default(ImmutableArray<T>), note: "default"), Of<ImmutableArray<T>>([], note: "empty"), Of<ImmutableList<T>>([.. items], new ImmutableListFormatter<T>()), Of<ImmutableQueue<T>>([.. items], new ImmutableQueueFormatter<T>()),
            Of(ImmutableStack.Create(items), new ImmutableStackFormatter<T>()), Of<ImmutableHashSet<T>>([items[0]], new ImmutableHashSetFormatter<T>()), Of(new[] { items[0] }.ToFrozenSet(), new FrozenSetFormatter<T>()),
            Of<IEnumerable<T>>(items, new InterfaceEnumerableFormatter<T>()), Of(items.Where(_ => true), note: "lazy"), Of<ICollection<T>>(list, new InterfaceCollectionFormatter<T>()), Of<IReadOnlyCollection<T>>(new Queue<T>(items), new InterfaceReadOnlyCollectionFormatter<T>()),
            Of<IList<T>>(items, new InterfaceListFormatter<T>()), Of<IReadOnlyList<T>>(items, new InterfaceReadOnlyListFormatter<T>()), Of<ISet<T>>(new HashSet<T>(items), new InterfaceSetFormatter<T>()), Of<IReadOnlySet<T>>(new HashSet<T>(items), new InterfaceReadOnlySetFormatter<T>()),
            Of<IImmutableList<T>>(ImmutableList.Create(items), new InterfaceImmutableListFormatter<T>()), Of<IImmutableQueue<T>>(ImmutableQueue.Create(items), new InterfaceImmutableQueueFormatter<T>()),
            Of<IImmutableStack<T>>(ImmutableStack.Create(items), new InterfaceImmutableStackFormatter<T>()), Of<IImmutableSet<T>>(ImmutableHashSet.Create(items[0]), new InterfaceImmutableSetFormatter<T>()),
            Of(new PriorityQueue<T, int>([(items[0], 2), (items[1], 1)]), new PriorityQueueFormatter<T, int>()),
            Of(items.ToLookup(_ => 1), new InterfaceLookupFormatter<int, T>()), Of(items.GroupBy(_ => 1).First(), new InterfaceGroupingFormatter<int, T>()),
        ];
        if (comparable)
        {
            samples.Add(Of(new SortedSet<T>(items), new SortedSetFormatter<T>()));
            samples.Add(Of(ImmutableSortedSet.Create(items), new ImmutableSortedSetFormatter<T>()));
        }

        samples.Add(Of(Tuple.Create(items), new TupleFormatter<T[]>()));
        return samples;
    }

    private static IEnumerable<ISample> Pairs<TKey, TValue>(TKey key, TValue value, TKey otherKey, TValue otherValue)
        where TKey : notnull
    {
        var map = new Dictionary<TKey, TValue> { [key] = value, [otherKey] = otherValue };
        KeyValuePair<TKey, TValue>[] one = [new(key, value)];
        return
        [
            Of(map, new DictionaryFormatter<TKey, TValue>()), Of<Dictionary<TKey, TValue>>([], note: "empty"), Of<Dictionary<TKey, TValue>>(null, note: "null"),
            Of(new SortedDictionary<TKey, TValue>(map), new SortedDictionaryFormatter<TKey, TValue>()), Of(new SortedList<TKey, TValue>(map), new SortedListFormatter<TKey, TValue>()),
            Of(new OrderedDictionary<TKey, TValue>(map), new OrderedDictionaryFormatter<TKey, TValue>()), Of(new ReadOnlyDictionary<TKey, TValue>(map), new ReadOnlyDictionaryFormatter<TKey, TValue>()),
            Of(new ConcurrentDictionary<TKey, TValue>(one), new ConcurrentDictionaryFormatter<TKey, TValue>()), Of(one.ToImmutableDictionary(), new ImmutableDictionaryFormatter<TKey, TValue>()),
            Of(map.ToImmutableSortedDictionary(), new ImmutableSortedDictionaryFormatter<TKey, TValue>()), Of(one.ToFrozenDictionary(), new FrozenDictionaryFormatter<TKey, TValue>()),
            Of<IDictionary<TKey, TValue>>(map, new InterfaceDictionaryFormatter<TKey, TValue>()), Of<IReadOnlyDictionary<TKey, TValue>>(map, new InterfaceReadOnlyDictionaryFormatter<TKey, TValue>()),
            Of<IImmutableDictionary<TKey, TValue>>(one.ToImmutableDictionary(), new InterfaceImmutableDictionaryFormatter<TKey, TValue>()),
        ];
    }

    /// <summary>A user's collection.</summary>
    public sealed class Words : Collection<string>;

    /// <summary>A user's dictionary.</summary>
    public sealed class Prices : Dictionary<string, decimal>;
}
