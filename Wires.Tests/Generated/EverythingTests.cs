using System.Collections.Immutable;
using System.Reflection;
using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Tests.Runtime;
using Wires.Tests.Serialization.Images;
using Xunit;

namespace Wires.Tests.Generated;

/// <summary>From a class with an attribute to a message on the wire and back: generator and runtime together.</summary>
public sealed class EverythingTests
{
    public static TheoryData<string> Methods =>
    [
        nameof(Everything.Numbers), nameof(Everything.Text), nameof(Everything.Lists), nameof(Everything.Maps), nameof(Everything.Tuples), nameof(Everything.Objects),
        nameof(Everything.Shared), nameof(Everything.Interfaces), nameof(Everything.Refs), nameof(Everything.RefCollections), nameof(Everything.Moved), nameof(Everything.Keep),
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task ArgumentsComeBackFromTheirEncoding(string method)
    {
        await using TestNode node = TestNode.Create();
        object?[] arguments = Arguments(method, node);
        WireCall call = Message(method, arguments);
        byte[] bytes = Encode(call);
        WireCall decoded = call.Method.Create();
        Decode(decoded, bytes, node);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Encode(decoded)));
        foreach (FieldInfo field in call.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            AssertSame(field.GetValue(call), field.GetValue(decoded), method);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task ResultsComeBackFromTheirEncoding(string method)
    {
        await using TestNode node = TestNode.Create();
        object?[] arguments = Arguments(method, node);
        WireMethod described = Message(method, arguments).Method;
        if (described.GetType() is { IsGenericType: true } type)
        {
            object? value = method == nameof(Everything.Numbers) ? 1.5m : method == nameof(Everything.Refs) ? arguments[1] : arguments[0];
            RoundTripMethod.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [described, value, node]);
        }
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task WhatCanChangeIsCopiedBothWays(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        EverythingRef wire = node.Get<EverythingRef>();
        var basket = new Basket { Owner = "Ann", Lines = { new Price(1, "EUR") }, Keeper = wire };
        basket.Look();
        await wire.Keep(basket);
        basket.Owner = "Bob";
        basket.Lines.Clear();

        Basket kept = (await wire.Kept())!;
        Assert.Equal(("Ann", 1, wire), (kept.Owner, kept.Lines.Count, kept.Keeper));
        Assert.Equal(2, kept.Look());
        kept.Owner = "Cid";
        Assert.Equal("Ann", (await wire.Kept())!.Owner);

        await foreach (Basket streamed in wire.Stream(2))
        {
            Assert.Equal("Ann", streamed.Owner);
            streamed.Owner = "Dan";
        }

        List<int> list = [1, 2];
        List<int> answer = await wire.Lists(list, null, [], []);
        Assert.Equal(list, answer);
        Assert.NotSame(list, answer);
        var (_, inTuple) = await wire.Tuples((1, kept), [], default);
        Assert.NotSame(kept, inTuple);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task WhatCannotChangeIsSharedAndWhatIsMovedIsHandedOver(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        EverythingRef wire = node.Get<EverythingRef>();
        var price = new Price(1.50m, "EUR");
        Assert.Same(price, await wire.Shared(price, [], ImmutableDictionary<string, Price>.Empty));
        List<int> list = [1];
        Assert.Same(list, await wire.Moved(list));
    }

#pragma warning disable WIRE1003 // the state is what is looked at
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StateComesBackFromItsEncodingWithRefsAndPrivateTypes(bool image)
    {
        await using TestNode node = TestNode.Create();
        var wire = new Everything();
        wire.Keep(new Basket { Owner = "Ann" });
        wire.Befriend("b", node.Get<EverythingRef>("b"), node.Get<ShelfRef<int>>("s"));
        Assert.Equal(wire.Report(), Copy(wire, Everything.__Wire.Type, node, image).Report());

        var shelf = new Shelf<Price>();
        shelf.Put("a", new Price(5, "EUR"));
        Shelf<Price> copy = Copy(shelf, Shelf<Price>.__Wire.Type, node, image);
        Assert.Equal(new Price(5, "EUR"), copy.Take("a"));
        Assert.Equal(2, copy.Put("b", new Price(6, "EUR")));
    }
#pragma warning restore WIRE1003

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ACallWithWhatCannotBeSentFailsWithItsReason(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        EverythingRef wire = node.Get<EverythingRef>();
        var failure = await Assert.ThrowsAsync<WireSerializationException>(async () => await wire.Unsendable(Stream.Null));
        Assert.Equal(typeof(Stream), failure.ValueType);
        Assert.Contains("belongs to one node; send its bytes", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await wire.Calls());
    }

    private static object?[] Arguments(string method, TestNode node)
    {
        EverythingRef a = node.Get<EverythingRef>("a"), b = node.Get<EverythingRef>("b");
        ShelfRef<int> shelf = node.Wires.Get<ShelfRef<int>>(7);
        var basket = new Basket { Owner = "Ann", Lines = { new Price(1.50m, "EUR"), new Price(2, "USD") }, Keeper = a };
        basket.Look();
        return method switch
        {
            nameof(Everything.Numbers) => [1, 2L, true, 3.5m, Guid.NewGuid(), DateTimeOffset.UnixEpoch, Colour.Green, (Half)1.5],
            nameof(Everything.Text) => ["é", null, new Uri("https://a.b/c"), new Version(1, 2)],
            nameof(Everything.Lists) => [new List<int> { 1, 2 }, new List<Basket> { basket }, new string?[] { "a", null }, new int[][] { [1], [2, 3] }],
            nameof(Everything.Maps) => [new Dictionary<string, Basket> { ["a"] = basket }, new Dictionary<Spot, Colour> { [new Spot(1, 2)] = Colour.Green }, new HashSet<string> { "x" }],
            nameof(Everything.Tuples) => [(5, basket), new (Spot, string)[] { (new Spot(1, 2), "x") }, new KeyValuePair<int, string>(1, "a")],
            nameof(Everything.Objects) => [basket, new Labelled("x", new Spot(1, 2)), new Labelled(null, default), new Spot(3, 4), null, 5],
            nameof(Everything.Shared) => [new Price(1, "EUR"), ImmutableArray.Create(1, 2), ImmutableDictionary<string, Price>.Empty.Add("a", new Price(1, "EUR"))],
            nameof(Everything.Interfaces) => [new List<Basket> { basket }, new[] { 1, 2 }, new Dictionary<int, string> { [1] = "a" }],
            nameof(Everything.Refs) => [a, b, shelf, a.Id, new WireKey(Guid.NewGuid())],
            nameof(Everything.RefCollections) =>
                [new List<EverythingRef> { a, default }, new Dictionary<string, ShelfRef<int>> { ["s"] = shelf }, (b, (ShelfRef<string>?)null), new EverythingRef?[] { a, null }],
            nameof(Everything.Moved) => [new List<int> { 1 }],
            _ => [basket],
        };
    }

    private static readonly MethodInfo RoundTripMethod = typeof(EverythingTests).GetMethod(nameof(RoundTrip), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static void RoundTrip<T>(WireMethod<T> method, T value, TestNode node)
    {
        byte[] bytes = WireSerializer.Serialize(value);
        var reader = new WireReader(bytes) { Wires = node.Wires };
        T? result = default;
        method.ResultFormatter.Read(ref reader, ref result);
        AssertSame(value, result, method.Name);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(WireSerializer.Serialize(result)));
    }

    // A look into a ref that names no wire fails, and refs are equal by themselves.
    private static void AssertSame<T>(T expected, T actual, string method)
    {
        if (method.StartsWith(nameof(Everything.Refs), StringComparison.Ordinal) || method == nameof(Everything.RefCollections))
        {
            Assert.Equal(expected, actual);
        }
        else
        {
            Assert.Equivalent(expected, actual);
        }
    }

    // The message class of a method is named after it, with a number behind.
    private static WireCall Message(string method, object?[] arguments)
    {
        Type message = typeof(Everything.__Wire).GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).Single(t => t.Name.StartsWith(method + "_", StringComparison.Ordinal));
        return (WireCall)message.GetMethod("Rent")!.Invoke(null, arguments)!;
    }

    private static byte[] Encode(WireCall call)
    {
        var buffer = new WireBuffer();
        var writer = new WireWriter(buffer);
        call.EncodeArguments(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Decode(WireCall call, byte[] bytes, TestNode node)
    {
        var reader = new WireReader(bytes) { Wires = node.Wires };
        call.DecodeArguments(ref reader);
    }

    private static T Copy<T>(T wire, WireType type, TestNode node, bool image)
        where T : class
    {
        if (image)
        {
            return (T)ImageTrip.Of(type, wire, node.Services, node.Wires);
        }

        var buffer = new WireBuffer();
        var writer = new WireWriter(buffer);
        type.WriteState(wire, ref writer);
        writer.Flush();
        var copy = (T)type.Create(node.Services);
        var reader = new WireReader(buffer.WrittenSpan) { Wires = node.Wires };
        type.ReadState(copy, ref reader);
        return copy;
    }
}
