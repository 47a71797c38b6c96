using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Wires.Serialization;
using Xunit;

#pragma warning disable WIRE1003 // the state is what is looked at

namespace Wires.Tests.Serialization.Images;

/// <summary>A collection goes on comparing as it did.</summary>
public sealed class ImageComparerTests
{
    public static TheoryData<string> Names => ["default", "ordinal", "ordinal, no case", "invariant", "invariant, no case"];

    [Theory]
    [MemberData(nameof(Names))]
    public void KnownComparersAreKept(string name)
    {
        StringComparer? given = Named(name);
        Dictionary<string, int> pairs = new() { ["b"] = 1, ["a"] = 2 };
        ComparerWire moved = ImageTrip.Of(new ComparerWire
        {
            Dictionary = new(pairs, given),
            HashSet = new(pairs.Keys, given),
            SortedDictionary = new(pairs, given),
            SortedList = new(pairs, given),
            SortedSet = new(pairs.Keys, given),
            OrderedDictionary = new(pairs, given),
            ConcurrentDictionary = new(given) { ["a"] = 2, ["b"] = 1 },
            ImmutableDictionary = pairs.ToImmutableDictionary(given),
            ImmutableHashSet = pairs.Keys.ToImmutableHashSet(given),
            ImmutableSortedDictionary = pairs.ToImmutableSortedDictionary(given),
            ImmutableSortedSet = pairs.Keys.ToImmutableSortedSet(given),
            FrozenDictionary = pairs.ToFrozenDictionary(given),
            FrozenSet = pairs.Keys.ToFrozenSet(given),
            PriorityQueue = new([(1, "b"), (2, "a")], given),
            Interface = new Dictionary<string, int>(pairs, given),
        });
        object equality = given ?? (object)EqualityComparer<string>.Default;
        object order = given ?? (object)Comparer<string>.Default;
        Assert.Equal(equality, moved.Dictionary!.Comparer);
        Assert.Equal(equality, moved.HashSet!.Comparer);
        Assert.Equal(order, moved.SortedDictionary!.Comparer);
        Assert.Equal(order, moved.SortedList!.Comparer);
        Assert.Equal(order, moved.SortedSet!.Comparer);
        Assert.Equal(equality, moved.OrderedDictionary!.Comparer);
        Assert.Equal(equality, moved.ConcurrentDictionary!.Comparer);
        Assert.Equal(equality, moved.ImmutableDictionary!.KeyComparer);
        Assert.Equal(equality, moved.ImmutableHashSet!.KeyComparer);
        Assert.Equal(order, moved.ImmutableSortedDictionary!.KeyComparer);
        Assert.Equal(order, moved.ImmutableSortedSet!.KeyComparer);
        Assert.Equal(equality, moved.FrozenDictionary!.Comparer);
        Assert.Equal(equality, moved.FrozenSet!.Comparer);
        Assert.Equal(order, moved.PriorityQueue!.Comparer);
        Assert.Equal(equality, Assert.IsType<Dictionary<string, int>>(moved.Interface).Comparer);
        Assert.All<IEnumerable<KeyValuePair<string, int>>>(
            [moved.Dictionary, moved.SortedDictionary, moved.SortedList, moved.OrderedDictionary, moved.ConcurrentDictionary, moved.ImmutableDictionary, moved.ImmutableSortedDictionary, moved.FrozenDictionary, moved.Interface],
            map => Assert.Equal(pairs.OrderBy(p => p.Value), map.OrderBy(p => p.Value)));
        Assert.Equal(2, moved.PriorityQueue.Dequeue());
        Assert.Equal(given?.Equals("a", "A") == true, moved.Dictionary.ContainsKey("A"));
        Assert.Equal(given?.Equals("a", "A") == true, moved.HashSet.Contains("A"));
    }

    [Fact]
    public void IdentityIsKeptAsAComparer()
    {
        Keyed one = new() { Number = 1 };
        Keyed two = new() { Number = 1 };
        ComparerWire moved = ImageTrip.Of(new ComparerWire { ByIdentity = new(ReferenceEqualityComparer.Instance) { [one] = 1, [two] = 2 } });
        Assert.Equal([1, 2], moved.ByIdentity!.Values.Order());
        Assert.Same(ReferenceEqualityComparer.Instance, moved.ByIdentity.Comparer);
    }

    [Fact]
    public void AComparerThatIsNotKnownIsRefused()
    {
        IEqualityComparer<string> own = EqualityComparer<string>.Create((x, y) => x?.Length == y?.Length, x => x.Length);
        Refused<Dictionary<string, int>>(new ComparerWire { Dictionary = new(own) });
        Refused<HashSet<string>>(new ComparerWire { HashSet = new(own) });
        Refused<FrozenSet<string>>(new ComparerWire { FrozenSet = FrozenSet.Create(own, "a") });
        Refused<SortedSet<string>>(new ComparerWire { SortedSet = new(Comparer<string>.Create((x, y) => -string.CompareOrdinal(x, y))) });
        Refused<SortedSet<string>>(new ComparerWire { SortedSet = new(StringComparer.Create(CultureInfo.GetCultureInfo("de-DE"), ignoreCase: false)) });
        Refused<ImmutableDictionary<string, int>>(new ComparerWire { ImmutableDictionary = ImmutableDictionary.Create<string, int>(null, EqualityComparer<int>.Create((x, y) => true, _ => 0)) });
    }

    private static void Refused<TCollection>(ComparerWire wire)
    {
        var error = Assert.Throws<WireSerializationException>(() => ImageTrip.Of(wire));
        Assert.Equal(typeof(TCollection), error.ValueType);
        Assert.Contains("[Local]", error.Message, StringComparison.Ordinal);
    }

    private static StringComparer? Named(string name) => name switch
    {
        "ordinal" => StringComparer.Ordinal,
        "ordinal, no case" => StringComparer.OrdinalIgnoreCase,
        "invariant" => StringComparer.InvariantCulture,
        "invariant, no case" => StringComparer.InvariantCultureIgnoreCase,
        _ => null,
    };
}
