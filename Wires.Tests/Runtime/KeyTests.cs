#pragma warning disable WIRE1003 // Looks at wire objects as the runtime does.

using Wires.Infrastructure;
using Wires.Serialization;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>How wires are named.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task RefsAreEqualIfTheyNameTheSameWire()
    {
        await using TestNode node = TestNode.Create();
        var guid = Guid.NewGuid();
        NamedRef text = node.Get<NamedRef>("1"), same = node.Get<NamedRef>("1"), number = node.Wires.Get<NamedRef>(1), unique = node.Wires.Get<NamedRef>(guid);
        Assert.Equal(text, same);
        Assert.True(text == same && text.GetHashCode() == same.GetHashCode());
        Assert.True(text != number);
        Assert.Equal(unique, node.Wires.Get<NamedRef>(guid));
        Assert.Equal(text, text.WithTimeout(TimeSpan.FromSeconds(1)));
        var dictionary = new Dictionary<NamedRef, int> { [text] = 1, [number] = 2, [unique] = 3 };
        await text.Name().Within();
        Assert.Equal(1, dictionary[node.Get<NamedRef>("1")]);
        Assert.Equal(2, dictionary[node.Wires.Get<NamedRef>(1)]);
        Assert.Equal("1", await text.Name().Within());
        Assert.Equal("1", await number.Name().Within());
        Assert.Equal(guid.ToString(), await unique.Name().Within());
        Assert.Equal(3, node.Node.WireCount);
        Assert.Equal($"{typeof(Named).FullName}/1", text.ToString());
    }

    [Fact]
    public async Task SpawnedWiresAreNew()
    {
        await using TestNode node = TestNode.Create();
        var refs = Enumerable.Range(0, 100).Select(_ => node.Wires.Spawn<NamedRef>()).ToHashSet();
        Assert.Equal(100, refs.Count);
        foreach (NamedRef wire in refs)
        {
            await wire.Name().Within();
        }

        Assert.Equal(100, node.Node.WireCount);
    }

    [Fact]
    public async Task ADefaultRefSaysSo()
    {
        await using TestNode node = TestNode.Create();
        NamedRef none = default;
        foreach (Func<Task> use in new Func<Task>[]
        {
            async () => await none.Name(),
            async () => await none.Tell(),
            async () => await none.Names().FirstAsync(TestContext.Current.CancellationToken),
            () => Task.FromResult(none.Id),
            () => Task.FromResult(none.WithTimeout(TimeSpan.FromSeconds(1))),
        })
        {
            Assert.Contains("default", (await Assert.ThrowsAsync<InvalidOperationException>(use)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(default, none);
        Assert.Equal("(no wire)", none.ToString());
        Assert.Equal("(no wire)", await node.Get<NamedRef>().Tell(none).Within());
    }

    [Fact]
    public async Task KeysAndTimeoutsAreChecked()
    {
        await using TestNode node = TestNode.Create();
        Assert.ThrowsAny<ArgumentException>(() => node.Wires.Get<NamedRef>(""));
        Assert.ThrowsAny<ArgumentException>(() => node.Wires.Get<NamedRef>(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => node.Get<NamedRef>().WithTimeout(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => node.Get<NamedRef>().WithTimeout(TimeSpan.FromSeconds(-2)));
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task SelfAndNodeAreKnownInsideWiresAlone(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<NamedRef>("me");
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("me test me test", await wire.Self(node.Get<NamedRef>("other")).Within());
            Assert.Contains("Wire.Self", Assert.Throws<InvalidOperationException>(() => Wire.Self).Message, StringComparison.Ordinal);
            Assert.Contains("Wire.Node", Assert.Throws<InvalidOperationException>(() => Wire.Node).Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => wire.SelfAsAnother().Within());
    }

    [Fact]
    public void AMethodThatTheClassDoesNotHaveIsNamedWithThoseThatItHas()
    {
        var e = Assert.Throws<WireUnknownMethodException>(() => TypeOf<NamedRef>().GetMethod(42));
        Assert.Contains("000000000000002a", e.Message, StringComparison.Ordinal);
        Assert.Contains("SelfAsAnother()", e.Message, StringComparison.Ordinal);
        WireMethod method = TypeOf<NamedRef>().Methods[0];
        Assert.Same(method, TypeOf<NamedRef>().GetMethod(method.Id));
    }

    [Fact]
    public void AnUnknownTypeIsNamed() =>
        Assert.Contains("No.Such", Assert.Throws<WireUnknownTypeException>(() => WireRegistry.GetType("No.Such")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ARefThatIsReadBelongsToTheNodeThatReadsIt()
    {
        await using TestNode writing = TestNode.Create();
        await using TestNode reading = TestNode.Create(configure: static options => options.NodeName = "reader");
        foreach (NamedRef wire in new[] { writing.Get<NamedRef>("text"), writing.Wires.Get<NamedRef>(7), writing.Wires.Get<NamedRef>(Guid.NewGuid()) })
        {
            NamedRef read = Read<NamedRef>(WireSerializer.Serialize(wire), reading.Wires);
            Assert.Equal(wire.Id, read.Id);
            Assert.Equal("reader", await read.NodeName().Within());
            Assert.Equal("test", await wire.NodeName().Within());
        }

        Assert.Equal(default, Read<NamedRef>(WireSerializer.Serialize(default(NamedRef)), reading.Wires));
        Assert.Throws<WireSerializationException>(() => WireSerializer.Deserialize<NamedRef>(WireSerializer.Serialize(writing.Get<NamedRef>())));
    }

    [Fact]
    public async Task StateIsOverwrittenAfterTheConstructorHasRun()
    {
        await using TestNode node = TestNode.Create();
        WireType type = TypeOf<StatefulRef>();
        var original = (Stateful)type.Create(node.Services);
        original.Change();
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        Write(type, original, buffer);
        var restored = (Stateful)type.Create(node.Services);
        Assert.Equal("ctor ctor ctor 0 [] local", restored.Look());
        Restore(type, restored, buffer.WrittenSpan, node.Wires);
        Assert.Equal("changed changed changed 5 [1,2] local", restored.Look());
        Assert.Equal(2, node.Probe.Counted("constructed"));
    }

    private static WireType TypeOf<TRef>()
        where TRef : struct, IWireRef<TRef> => TRef.Type;

    private static T Read<T>(byte[] bytes, IWires wires)
    {
        var reader = new WireReader(bytes) { Wires = wires };
        return reader.ReadValue<T>()!;
    }

    private static void Write(WireType type, object wire, System.Buffers.ArrayBufferWriter<byte> buffer)
    {
        var writer = new WireWriter(buffer, WireWriterOptions.None);
        type.WriteState(wire, ref writer);
        writer.Flush();
    }

    private static void Restore(WireType type, object wire, ReadOnlySpan<byte> bytes, IWires wires)
    {
        var reader = new WireReader(bytes) { Wires = wires };
        type.ReadState(wire, ref reader);
    }
}

[Wire]
public partial class Named
{
    public string Name() => Wire.Self.Key.ToString();

    public string NodeName() => Wire.Node;

    [OneWay]
    public void Tell()
    {
    }

    public string Tell(NamedRef other) => other.ToString();

    public async IAsyncEnumerable<string> Names()
    {
        await Task.Yield();
        yield return Name();
    }

    public async WireTask<string> Self(NamedRef other)
    {
        string before = $"{Wire.Self.As<NamedRef>().Id.Key} {Wire.Node}";
        await other.Name();
        return $"{before} {Wire.Self.Key} {Wire.Node}";
    }

    public void SelfAsAnother() => _ = Wire.Self.As<StatefulRef>();
}

[Wire]
public partial class Stateful
{
    private readonly string _fixed;
    private readonly List<int> _items = [];
    private string _text;
    private int _number;
    [Local] private string _local;

    public Stateful(Probe probe)
    {
        probe.Count("constructed");
        _fixed = _text = Auto = "ctor";
        _local = "local";
    }

    private string Auto { get; set; }

    public string Look() => $"{_fixed} {_text} {Auto} {_number} [{string.Join(',', _items)}] {_local}";

    internal void Change()
    {
        System.Runtime.CompilerServices.Unsafe.AsRef(in _fixed) = "changed";
        _text = Auto = "changed";
        _local = "lost";
        _number = 5;
        _items.AddRange([1, 2]);
    }
}
