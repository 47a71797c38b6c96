using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text;
using MemoryPack;

namespace Wires.Tests.Serialization.Images;

/// <summary>A node of a graph that may refer to any other in many ways.</summary>
public class Part
{
    private readonly List<Part?> _kept = [];

    public string? Name { get; set; }

    public Part? A { get; set; }

    public Part? B { get; init; }

    public List<Part?> Kept => _kept;

    public List<Part?>? List { get; set; }

    public Part?[]? Array { get; set; }

    public IReadOnlyCollection<Part?>? Several { get; set; }

    public Dictionary<string, Part?>? ByName { get; set; }

    public Dictionary<Part, int>? Numbers { get; set; }

    public HashSet<Part>? Set { get; set; }

    public Queue<Part?>? Queue { get; set; }

    public LinkedList<Part?>? Linked { get; set; }

    public int[]? Ints { get; set; }

    public StringBuilder? Text { get; set; }

    public (int Number, Part? Part) Pair { get; set; }
}

/// <summary>More than a part.</summary>
public class Assembled : Part
{
    public Part? Extra { get; set; }
}

/// <summary>More than that, and required.</summary>
public sealed class Machine : Assembled
{
    public required string Model { get; init; }

    public required Part? Engine { get; init; }
}

/// <summary>Its members are written with their lengths.</summary>
[MemoryPackable(GenerateType.VersionTolerant)]
public class Tolerating
{
    [MemoryPackOrder(0)]
    public Part? Part { get; set; }

    [MemoryPackOrder(2)]
    public List<Part?>? Parts { get; set; }

    [MemoryPackOrder(3)]
    public Tolerating? Self { get; set; }
}

/// <summary>A set that no formatter knows.</summary>
public sealed class UnnamedSet : HashSet<Part?>;

/// <summary>Never named where the generator looks.</summary>
public sealed class Unnamed : Part;

/// <summary>Made of what its constructor takes.</summary>
public sealed record Fixed(string Name, List<Fixed?> Others, Fixed? Inner);

#pragma warning disable CA1036 // nobody compares it but collections
/// <summary>Equal by its number, which is not set before all of it is read.</summary>
public sealed class Keyed : IEquatable<Keyed>, IComparable<Keyed>
{
    public int Number { get; set; }

    public Dictionary<Keyed, string>? Hashed { get; set; }

    public SortedDictionary<Keyed, string>? Sorted { get; set; }

    public ImmutableHashSet<Keyed>? Immutable { get; set; }

    public int CompareTo(Keyed? other) => Number.CompareTo(other!.Number);

    public bool Equals(Keyed? other) => other?.Number == Number;

    public override bool Equals(object? obj) => Equals(obj as Keyed);

    public override int GetHashCode() => Number;
}
#pragma warning restore CA1036

/// <summary>Holds parts in every way.</summary>
[Wire]
internal sealed partial class GraphWire
{
    internal Part? Root;
    internal Part? Again;
    internal Assembled? Assembled;
    internal Machine? Machine;
    internal Fixed? Fixed;
    internal Keyed? Keyed;
    internal List<Part?>? List;
    internal IList<Part?>? ListAgain;
    internal IEnumerable<Part?>? ListOnceMore;
    internal Part?[]? Array;
    internal Part?[]?[]? Jagged;
    internal Part?[,]? Table;
    internal Dictionary<string, List<Part?>>? Lists;
    internal int[]? Ints;
    internal int[]? IntsAgain;
    internal Memory<int> Window;
    internal ArraySegment<int> Segment;
    internal ImmutableArray<Part?> Immutable;
    internal ImmutableList<Part?>? ImmutableList;
    internal ReadOnlyCollection<Part?>? View;
    internal IReadOnlyList<Part?>? ViewAgain;
    internal IReadOnlyDictionary<string, int>? Map;
    internal Lazy<Part>? Lazy;
    internal Tuple<Part?, int>? Tuple;
    internal IGrouping<int, Part?>? Group;
    internal ISet<Part?>? Set;
    internal StringBuilder? Text;
    internal StringBuilder? TextAgain;
    internal Tolerating? Tolerating;
    internal GraphWireRef Self;
    internal List<int[]?>? ZeroRows;

    public void Turn()
    {
    }
}

/// <summary>Holds collections that compare.</summary>
[Wire]
internal sealed partial class ComparerWire
{
    internal Dictionary<string, int>? Dictionary;
    internal HashSet<string>? HashSet;
    internal SortedDictionary<string, int>? SortedDictionary;
    internal SortedList<string, int>? SortedList;
    internal SortedSet<string>? SortedSet;
    internal OrderedDictionary<string, int>? OrderedDictionary;
    internal ConcurrentDictionary<string, int>? ConcurrentDictionary;
    internal ImmutableDictionary<string, int>? ImmutableDictionary;
    internal ImmutableHashSet<string>? ImmutableHashSet;
    internal ImmutableSortedDictionary<string, int>? ImmutableSortedDictionary;
    internal ImmutableSortedSet<string>? ImmutableSortedSet;
    internal FrozenDictionary<string, int>? FrozenDictionary;
    internal FrozenSet<string>? FrozenSet;
    internal PriorityQueue<int, string>? PriorityQueue;
    internal IDictionary<string, int>? Interface;
    internal Dictionary<Keyed, int>? ByIdentity;

    public void Turn()
    {
    }
}
