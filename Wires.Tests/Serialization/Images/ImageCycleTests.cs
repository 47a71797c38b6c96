using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Wires.Serialization;
using Xunit;

#pragma warning disable WIRE1003 // the state is what is looked at

namespace Wires.Tests.Serialization.Images;

/// <summary>Objects that refer to themselves.</summary>
public sealed class ImageCycleTests
{
    [Fact]
    public void ParentsAndChildrenReferToEachOther()
    {
        var parent = new Part { Name = "parent" };
        parent.Kept.Add(new Part { Name = "child", A = parent });
        parent.A = parent;
        Part moved = ImageTrip.Of(new GraphWire { Root = parent }).Root!;
        Assert.Same(moved, moved.A);
        Assert.Same(moved, moved.Kept[0]!.A);
        Assert.Equal("child", moved.Kept[0]!.Name);
    }

    [Fact]
    public void RequiredAndInitOnlyMembersMayReferBack()
    {
        var engine = new Part();
        var machine = new Machine { Model = "m", Engine = engine, B = engine };
        engine.A = machine;
        Machine moved = ImageTrip.Of(new GraphWire { Machine = machine }).Machine!;
        Assert.Equal("m", moved.Model);
        Assert.Same(moved.Engine, moved.B);
        Assert.Same(moved, moved.Engine!.A);
    }

    [Fact]
    public void CollectionsHoldWhatHoldsThem()
    {
        var part = new Part();
        part.List = [part];
        part.Array = [part, null];
        part.Several = part.Array;
        part.ByName = new() { ["me"] = part };
        part.Numbers = new() { [part] = 5 };
        part.Set = [part];
        part.Queue = new([part]);
        part.Linked = new([part]);
        part.Pair = (1, part);
        var table = new Part?[1, 1];
        table[0, 0] = part;
        GraphWire wire = ImageTrip.Of(new GraphWire { Root = part, Table = table });
        Part moved = wire.Root!;
        Assert.All<Part?>([moved.List![0], moved.Array![0], moved.ByName!["me"], moved.Queue!.Peek(), moved.Linked!.First!.Value, moved.Pair.Part, wire.Table![0, 0]], p => Assert.Same(moved, p));
        Assert.Same(moved.Array, moved.Several);
        Assert.Equal(5, moved.Numbers![moved]);
        Assert.Contains(moved, moved.Set!);
    }

    [Fact]
    public void AKeyIsHashedAndComparedWhenItIsComplete()
    {
        var keyed = new Keyed { Number = 7 };
        keyed.Hashed = new() { [keyed] = "me", [new Keyed { Number = 8 }] = "other" };
        keyed.Sorted = new() { [new Keyed { Number = 9, Hashed = keyed.Hashed }] = "later", [keyed] = "me" };
        Keyed moved = ImageTrip.Of(new GraphWire { Keyed = keyed }).Keyed!;
        Assert.Equal("me", moved.Hashed![new Keyed { Number = 7 }]);
        Assert.Equal("other", moved.Hashed[new Keyed { Number = 8 }]);
        Assert.Same(moved, moved.Sorted!.First().Key);
        Assert.Same(moved.Hashed, moved.Sorted!.Last().Key.Hashed);
    }

    [Fact]
    public void AKeyThatIsNotCompleteInACollectionThatCannotWaitIsRefused()
    {
        var keyed = new Keyed { Number = 7 };
        keyed.Immutable = [keyed];
        var error = Assert.Throws<WireSerializationException>(() => ImageTrip.Write(new GraphWire { Keyed = keyed }));
        Assert.Contains("Use a collection that can change", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACycleThroughAConstructorIsRefusedWhenItIsWritten()
    {
        var inner = new Fixed("inner", [], null);
        var outer = new Fixed("outer", [], inner);
        inner.Others.Add(inner);
        var error = Assert.Throws<WireSerializationException>(() => ImageTrip.Write(new GraphWire { Fixed = outer }));
        Assert.Contains("Fixed refers to itself", error.Message, StringComparison.Ordinal);
        Assert.Contains("Give the class a constructor without parameters", error.Message, StringComparison.Ordinal);
        Assert.Equal(typeof(Fixed), error.ValueType);
    }

    [Fact]
    public void ARecordMayBeSharedWhereItIsNotInACycle()
    {
        var inner = new Fixed("inner", [], null);
        Fixed moved = ImageTrip.Of(new GraphWire { Fixed = new Fixed("outer", [inner, inner], inner) }).Fixed!;
        Assert.Equal("inner", moved.Inner!.Name);
        Assert.All(moved.Others, other => Assert.Same(moved.Inner, other));
    }

    [Fact]
    public void ACycleThroughAViewOrAnImmutableListIsRefused()
    {
        List<Part?> list = [];
        var part = new Part { Several = list.AsReadOnly() };
        list.Add(part);
        GraphWire moved = ImageTrip.Of(new GraphWire { Root = part });
        Assert.Same(moved.Root, moved.Root!.Several!.Single());

        // It can only be made of what is complete, and its element leads back to it.
        Assert.Throws<WireSerializationException>(() => ImageTrip.Write(new GraphWire { ListOnceMore = part.Several }));
        ImmutableList<Part?> immutable = [part];
        part.Several = immutable;
        Assert.Throws<WireSerializationException>(() => ImageTrip.Write(new GraphWire { ListOnceMore = immutable }));
    }

    [Fact]
    public void WhatIsTooDeepIsRefused()
    {
        var part = new Part();
        for (var i = 0; i < 1100; i++)
        {
            part = new Part { A = part };
        }

        Assert.Contains("levels deep", Assert.Throws<WireSerializationException>(() => ImageTrip.Write(new GraphWire { Root = part })).Message, StringComparison.Ordinal);
    }
}
