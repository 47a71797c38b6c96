using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Wires.Serialization;
using Wires.Serialization.Images;
using Xunit;

#pragma warning disable WIRE1003 // the state is what is looked at

namespace Wires.Tests.Serialization.Images;

/// <summary>What was one object before a move is one after it.</summary>
public sealed class ImageIdentityTests
{
    [Fact]
    public void TwoFieldsShareTheirObject()
    {
        var part = new Part { Name = "p" };
        GraphWire moved = ImageTrip.Of(new GraphWire { Root = part, Again = part });
        Assert.NotSame(part, moved.Root);
        Assert.Equal("p", moved.Root!.Name);
        Assert.Same(moved.Root, moved.Again);
    }

    [Fact]
    public void EqualObjectsStayTwo()
    {
        GraphWire moved = ImageTrip.Of(new GraphWire { Root = new Part(), Again = new Part(), Ints = [1], IntsAgain = [1] });
        Assert.NotSame(moved.Root, moved.Again);
        Assert.NotSame(moved.Ints, moved.IntsAgain);
    }

    [Fact]
    public void AListIsSharedByFieldsOfOtherDeclaredTypes()
    {
        List<Part?> list = [new Part(), null];
        GraphWire moved = ImageTrip.Of(new GraphWire { List = list, ListAgain = list, ListOnceMore = list, Lists = new() { ["a"] = list, ["b"] = [list[0]] }, View = list.AsReadOnly() });
        Assert.Same(moved.List, moved.ListAgain);
        Assert.Same(moved.List, moved.ListOnceMore);
        Assert.Same(moved.List, moved.Lists!["a"]);
        Assert.Same(moved.List![0], moved.Lists["b"][0]);
        moved.List.Add(new Part { Name = "late" });
        Assert.Equal("late", moved.View![2]!.Name);
    }

    [Fact]
    public void AnArrayBehindAnInterfaceStaysAnArray()
    {
        Part?[] array = [new Part(), null];
        GraphWire moved = ImageTrip.Of(new GraphWire { ListAgain = array, ListOnceMore = array, Array = array, Jagged = [array, null, array], Immutable = ImmutableArray.Create(array[0]) });
        Assert.Same(moved.ListAgain, moved.Array);
        Assert.Same(moved.ListOnceMore, moved.Array);
        Assert.Same(moved.Array, moved.Jagged![0]);
        Assert.Same(moved.Array, moved.Jagged[2]);
        Assert.Same(moved.Array![0], moved.Immutable[0]);
    }

    [Fact]
    public void ArraysOfNumbersAndWindowsOntoThemAreShared()
    {
        int[] ints = [1, 2, 3, 4];
        GraphWire moved = ImageTrip.Of(new GraphWire { Root = new Part { Ints = ints }, Ints = ints, IntsAgain = ints, Window = ints.AsMemory(1, 2), Segment = new ArraySegment<int>(ints, 2, 2) });
        Assert.Same(moved.Ints, moved.IntsAgain);
        Assert.Same(moved.Ints, moved.Root!.Ints);
        Assert.Same(moved.Ints, moved.Segment.Array);
        moved.Ints![2] = 9;
        Assert.Equal([2, 9], moved.Window.ToArray());
        Assert.Equal([9, 4], moved.Segment);
    }

    [Fact]
    public void BuildersAndWhatIsInTuplesTablesAndGroupsAreShared()
    {
        var part = new Part { Text = new StringBuilder("x") };
        var table = new Part?[2, 2];
        table[1, 0] = part;
        GraphWire moved = ImageTrip.Of(new GraphWire
        {
            Root = part,
            Text = part.Text,
            TextAgain = part.Text,
            Tuple = Tuple.Create<Part?, int>(part, 1),
            Table = table,
            Lazy = new Lazy<Part>(part),
            ImmutableList = [part],
            Group = new[] { part, null }.GroupBy(_ => 7).First(),
            Again = new Part { Pair = (1, part), ByName = new() { ["p"] = part }, Set = [part], Numbers = new() { [part] = 1 } },
        });
        Assert.Same(moved.Text, moved.TextAgain);
        Assert.Same(moved.Text, moved.Root!.Text);
        Part[] all = [moved.Tuple!.Item1!, moved.Table![1, 0]!, moved.Lazy!.Value, moved.ImmutableList![0]!, moved.Group!.First()!, moved.Again!.Pair.Part!, moved.Again.ByName!["p"]!, moved.Again.Set!.Single(), moved.Again.Numbers!.Keys.Single()];
        Assert.All(all, p => Assert.Same(moved.Root, p));
        Assert.Equal(7, moved.Group!.Key);
        Assert.Contains(moved.Root, moved.Again.Set!);
    }

    [Fact]
    public void AViewBehindAnInterfaceShowsTheSameCollection()
    {
        List<Part?> list = [null];
        var view = list.AsReadOnly();
        GraphWire moved = ImageTrip.Of(new GraphWire { ViewAgain = view, View = view, List = list });
        Assert.Same(moved.View, moved.ViewAgain);
        moved.List!.Add(null);
        Assert.Equal(2, moved.ViewAgain!.Count);
    }

    [Fact]
    public void AFrozenDictionaryBehindAnInterfaceStaysOne() =>
        Assert.IsType<FrozenDictionary<string, int>>(
            ImageTrip.Of(new GraphWire { Map = new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary() }).Map, exactMatch: false);

    [Fact]
    public void ADefaultImmutableArrayStaysDefault()
    {
        Assert.True(ImageTrip.Of(new GraphWire()).Immutable.IsDefault);
        Assert.Empty(ImageTrip.Of(new GraphWire { Immutable = [] }).Immutable);
    }

    [Fact]
    public void TwoPartsOfAnImageShareTheirObjects()
    {
        var part = new Part { Name = "p" };
        var buffer = new WireBuffer();
        var written = new WrittenObjects();
        MigrationImage.WriteState(ImageTrip.TypeOf<GraphWireRef>(), new GraphWire { Root = part }, buffer, written);
        var frame = new WireWriter(buffer, written);
        frame.WriteValue(part);
        frame.Flush();

        var wire = new GraphWire();
        var reader = new WireReader(buffer.WrittenSpan, new ReadObjects());
        MigrationImage.ReadState(ImageTrip.TypeOf<GraphWireRef>(), wire, ref reader);
        Assert.Same(wire.Root, reader.ReadValue<Part>());
    }

    [Fact]
    public void WhatIsReadAsAnotherTypeIsNotReferredToAsItsOwn()
    {
        // A sequence without a formatter becomes an array, which a field of its own type could not hold.
        IEnumerable<Part?> lazy = new Part?[] { null }.Where(_ => true);
        GraphWire moved = ImageTrip.Of(new GraphWire { ListOnceMore = lazy });
        Assert.Equal([null], moved.ListOnceMore!);

        var set = new UnnamedSet { null };
        Assert.IsType<HashSet<Part?>>(ImageTrip.Of(new GraphWire { Set = set }).Set);
        var error = Assert.Throws<WireSerializationException>(() => ImageTrip.Write(new GraphWire { ListOnceMore = set, Set = set }));
        Assert.Contains("UnnamedSet is referred to as", error.Message, StringComparison.Ordinal);
        Assert.Contains("name it in a field", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyReferencesTakeLessThanWhatTheyReferTo()
    {
        // They come last, so that nothing behind them makes up for the bytes that so many arrays would take.
        int[] row = [1];
        GraphWire moved = ImageTrip.Of(new GraphWire { ZeroRows = [.. Enumerable.Repeat(row, 500)] });
        Assert.All(moved.ZeroRows!, r => Assert.Same(moved.ZeroRows![0], r));
    }

    [Fact]
    public void AFormatterMayHandItsWorkToThatOfAnotherType()
    {
        WireFormatters.Register(new HolderFormatter());
        var buffer = new WireBuffer();
        var writer = new WireWriter(buffer, new WrittenObjects());
        writer.WriteValue(new Holder(new Part { Name = "held" }));
        writer.Flush();
        Assert.Equal("held", new WireReader(buffer.WrittenSpan, new ReadObjects()).ReadValue<Holder>()!.Part.Name);
    }

    [Fact]
    public void VersionTolerantObjectsTakePart()
    {
        var part = new Part();
        var tolerating = new Tolerating { Part = part, Parts = [part] };
        tolerating.Self = tolerating;
        GraphWire moved = ImageTrip.Of(new GraphWire { Root = part, Tolerating = tolerating });
        Assert.Same(moved.Root, moved.Tolerating!.Part);
        Assert.Same(moved.Root, moved.Tolerating.Parts![0]);
        Assert.Same(moved.Tolerating, moved.Tolerating.Self);
    }

    private sealed record Holder(Part Part);

    private sealed class HolderFormatter : WireFormatter<Holder>
    {
        public override void Write(ref WireWriter writer, scoped ref readonly Holder? value)
        {
            Part? part = value!.Part;
            WireFormatters.Get<Part>().Write(ref writer, in part);
        }

        public override void Read(ref WireReader reader, scoped ref Holder? value)
        {
            Part? part = null;
            WireFormatters.Get<Part>().Read(ref reader, ref part);
            value = new Holder(part!);
        }

        public override Holder? Copy(Holder? value, ref CopyContext context) => value;
    }
}
