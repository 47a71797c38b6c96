using Wires.Serialization;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>What is shared between caller and wire, what is copied, and when.</summary>
public sealed class CopyTests
{
    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task MutableArgumentsAreCopiedAtTheCall(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<HoarderRef>();
        List<int> list = [1, 2];
        int[] array = [3, 4];
        var dictionary = new Dictionary<string, List<int>> { ["a"] = [5] };
        Task held = wire.Hold("held").AsTask();
        await node.Probe.Reached("held");
        Task<string> keep = wire.Keep(list, array, dictionary).AsTask();

        // Copied when the call was made, not when it runs.
        list.Add(99);
        array[0] = 99;
        dictionary["a"].Add(99);
        node.Probe.Open("held");
        await held.Within();
        Assert.Equal("1,2 3,4 a=5", await keep.Within());
        list.Clear();
        Assert.Equal("1,2 3,4 a=5", await wire.Kept().Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task MutableResultsAreCopiedInTheCalleesTurn(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<HoarderRef>();
        await wire.Keep([1], [2], []).Within();
        List<int> result = await wire.List().Within();
        result.Add(99);
        List<int> later = await wire.ListLater().Within();
        later.Add(99);
        List<int> byTask = await wire.ListByTask().Within();
        byTask.Add(99);
        Assert.Equal("1 2 ", await wire.Kept().Within());

        // The wire goes on changing what it has returned before the caller looks.
        ValueTask<List<int>> early = wire.List();
        await wire.Grow(5).Within();
        Assert.Equal([1], await early);
        Assert.Equal([1], await node.Get<HoarderUserRef>().TakeAndGrow(node.Get<HoarderRef>("b")).Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ImmutableValuesAreShared(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<HoarderRef>();
        string text = new('x', 10);
        var frozen = new Frozen("name", 3);
        var declared = new Declared();
        Assert.Same(text, await wire.Echo(text).Within());
        Assert.Same(frozen, await wire.EchoFrozen(frozen).Within());
        Assert.Same(declared, await wire.EchoDeclared(declared).Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task WhatIsMovedIsHandedOver(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<HoarderRef>();
        List<int> list = [1];
        Assert.Same(list, await wire.Move(list).Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AliasesSplit(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        List<int> inner = [1];
        Assert.Equal("1,2 1", await node.Get<HoarderRef>().Aliases([inner, inner]).Within());
        List<List<int>> result = await node.Get<HoarderRef>().AliasedResult().Within();
        Assert.NotSame(result[0], result[1]);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task CyclesAreRefused(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<HoarderRef>();
        var cycle = new Knot();
        cycle.Next = cycle;
        await Assert.ThrowsAsync<WireSerializationException>(async () => await wire.Tie(cycle));
        await Assert.ThrowsAsync<WireSerializationException>(() => wire.Tied().Within());
        Assert.Equal("x", await wire.Echo("x").Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task RecordsWithMutableMembersAreCopiedDeeply(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var bag = new Bag("b", [1, 2]);
        Bag result = await node.Get<HoarderRef>().Pack(bag).Within();
        Assert.Equal([1, 2], bag.Items);
        Assert.Equal([1, 2, 3], result.Items);
        Assert.NotSame(bag, result);
    }
}

public sealed record Frozen(string Name, int Number);

[Immutable]
public sealed class Declared
{
    public int Cached { get; private set; }

    public int Get() => Cached++;
}

public sealed class Knot
{
    public Knot? Next { get; set; }
}

public sealed record Bag(string Name, List<int> Items);

[Wire]
public partial class Hoarder(Probe probe)
{
    private List<int> _list = [];
    private int[] _array = [];
    private Dictionary<string, List<int>> _dictionary = [];

    public async WireTask Hold(string name)
    {
        probe.Note(name);
        await probe.Gate(name);
    }

    public string Keep(List<int> list, int[] array, Dictionary<string, List<int>> dictionary)
    {
        _list = list;
        _array = array;
        _dictionary = dictionary;
        return Kept();
    }

    public string Kept() => $"{string.Join(',', _list)} {string.Join(',', _array)} {string.Join(' ', _dictionary.Select(static pair => $"{pair.Key}={string.Join(',', pair.Value)}"))}";

    public List<int> List() => _list;

    public async WireTask<List<int>> ListLater()
    {
        await Wire.Yield();
        return _list;
    }

    public async Task<List<int>> ListByTask()
    {
        await Task.Yield();
        return _list;
    }

    public void Grow(int item) => _list.Add(item);

    public string Echo(string text) => text;

    public Frozen EchoFrozen(Frozen value) => value;

    public Declared EchoDeclared(Declared value) => value;

    [return: Move]
    public List<int> Move([Move] List<int> list) => list;

    public string Aliases(List<List<int>> lists)
    {
        lists[0].Add(2);
        return string.Join(' ', lists.Select(static list => string.Join(',', list)));
    }

    public List<List<int>> AliasedResult() => [_list, _list];

    public void Tie(Knot knot) => _ = knot.Next;

    public Knot Tied()
    {
        var knot = new Knot();
        knot.Next = knot;
        return knot;
    }

    public Bag Pack(Bag bag)
    {
        bag.Items.Add(3);
        return bag;
    }
}

[Wire]
public partial class HoarderUser
{
    public async WireTask<List<int>> TakeAndGrow(HoarderRef wire)
    {
        await wire.Keep([1], [], []);
        ValueTask<List<int>> taken = wire.List();
        await wire.Grow(7);
        return await taken;
    }
}
