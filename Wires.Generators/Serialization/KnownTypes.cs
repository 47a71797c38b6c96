using Microsoft.CodeAnalysis;

namespace Wires.Generators.Serialization;

/// <summary>The types of the base library that have a formatter in the runtime, by metadata name.</summary>
internal static class KnownTypes
{
    private const string Generic = "System.Collections.Generic.";
    private const string Models = "System.Collections.ObjectModel.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Frozen = "System.Collections.Frozen.";

    private static readonly Dictionary<string, KnownType> Types = Build();

    public static bool TryGet(INamedTypeSymbol type, out KnownType known) => Types.TryGetValue(MetadataName(type.OriginalDefinition), out known);

    /// <summary>Simple types of which some bytes are no value: a bool of 2, a decimal of scale 200.</summary>
    public static bool IsChecked(INamedTypeSymbol type) =>
        type.SpecialType is SpecialType.System_Boolean or SpecialType.System_Decimal or SpecialType.System_DateTime
        || MetadataName(type) is "System.DateTimeOffset" or "System.DateOnly" or "System.TimeOnly" or "System.Text.Rune";

    public static string MetadataName(INamedTypeSymbol type) => type.ContainingType is not null
        ? MetadataName(type.ContainingType) + "+" + type.MetadataName
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + type.MetadataName
        : type.MetadataName;

    private static Dictionary<string, KnownType> Build()
    {
        var types = new Dictionary<string, KnownType>(StringComparer.Ordinal);

        // The runtime registers these itself.
        AddAll("System.", null, true, "Version", "Uri", "TimeZoneInfo", "Numerics.BigInteger");
        AddAll("Wires.", null, true, "WireId", "WireKey");
        AddAll("System.", null, false, "Collections.BitArray", "Text.StringBuilder", "Globalization.CultureInfo");

        Add("System.Nullable`1", "NullableFormatter", true);
        Add("System.Lazy`1", "LazyFormatter", false);
        Add(Generic + "KeyValuePair`2", "KeyValuePairFormatter", true);
        for (var arity = 1; arity <= 8; arity++)
        {
            Add("System.Tuple`" + arity, "TupleFormatter", true);
            Add("System.ValueTuple`" + arity, "ValueTupleFormatter", true);
        }

        Add("System.ArraySegment`1", "ArraySegmentFormatter", false);
        Add("System.Memory`1", "MemoryFormatter", false);
        Add("System.ReadOnlyMemory`1", "ReadOnlyMemoryFormatter", false);
        Add("System.Buffers.ReadOnlySequence`1", "ReadOnlySequenceFormatter", false);

        AddSame(Generic, false, "List`1", "Stack`1", "Queue`1", "LinkedList`1", "HashSet`1", "SortedSet`1", "PriorityQueue`2", "Dictionary`2", "SortedDictionary`2", "SortedList`2", "OrderedDictionary`2");
        AddSame(Models, false, "Collection`1", "ObservableCollection`1", "ReadOnlyCollection`1", "ReadOnlyObservableCollection`1", "ReadOnlySet`1", "ReadOnlyDictionary`2");
        AddSame(Concurrent, false, "ConcurrentQueue`1", "ConcurrentStack`1", "ConcurrentBag`1", "ConcurrentDictionary`2", "BlockingCollection`1");
        AddSame(Immutable, true, "ImmutableArray`1", "ImmutableList`1", "ImmutableQueue`1", "ImmutableStack`1", "ImmutableHashSet`1", "ImmutableSortedSet`1", "ImmutableDictionary`2", "ImmutableSortedDictionary`2");
        AddSame(Frozen, true, "FrozenSet`1", "FrozenDictionary`2");

        // Anything may stand behind an interface, so these are copied even where the name says immutable.
        AddInterfaces(Immutable, "IImmutableList`1", "IImmutableQueue`1", "IImmutableStack`1", "IImmutableSet`1", "IImmutableDictionary`2");
        AddInterfaces(Generic, "IEnumerable`1", "ICollection`1", "IReadOnlyCollection`1", "IList`1", "IReadOnlyList`1", "IDictionary`2", "IReadOnlyDictionary`2", "ISet`1", "IReadOnlySet`1");
        AddInterfaces("System.Linq.", "ILookup`2", "IGrouping`2");
        return types;

        void Add(string name, string? formatter, bool immutable) => types.Add(name, new KnownType(formatter, immutable));

        void AddAll(string space, string? formatter, bool immutable, params string[] names)
        {
            foreach (var name in names)
            {
                Add(space + name, formatter, immutable);
            }
        }

        void AddSame(string space, bool immutable, params string[] names)
        {
            foreach (var name in names)
            {
                Add(space + name, WithoutArity(name) + "Formatter", immutable);
            }
        }

        void AddInterfaces(string space, params string[] names)
        {
            foreach (var name in names)
            {
                Add(space + name, "Interface" + WithoutArity(name).Substring(1) + "Formatter", false);
            }
        }

        static string WithoutArity(string name) => name.Substring(0, name.IndexOf('`'));
    }
}
