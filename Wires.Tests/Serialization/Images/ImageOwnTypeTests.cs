using System.Collections.ObjectModel;
using Wires.Serialization;
using Wires.Serialization.Images;
using Xunit;

namespace Wires.Tests.Serialization.Images;

/// <summary>A value keeps the type that it has at run time.</summary>
public sealed class ImageOwnTypeTests
{
    [Fact]
    public void ASubclassThatIsNamedSomewhereIsKept()
    {
        var assembly = new Assembly { Name = "a", Extra = new Machine { Model = "m", Engine = null } };
        GraphWire moved = ImageTrip.Of(new GraphWire { Root = assembly, Assembly = assembly, List = [assembly, assembly.Extra, new Part()] });
        Assert.Same(moved.Root, Assert.IsType<Assembly>(moved.Assembly));
        Assert.Equal("m", Assert.IsType<Machine>(moved.Assembly.Extra).Model);
        Assert.Equal([typeof(Assembly), typeof(Machine), typeof(Part)], moved.List!.Select(p => p!.GetType()));
    }

    [Fact]
    public void ASubclassThatIsNamedNowhereIsRefused()
    {
        var error = Assert.Throws<WireSerializationException>(() => ImageTrip.Write(new GraphWire { Root = new Unnamed() }));
        Assert.Contains("declare its own type", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public void UsualCollectionsAreKeptBehindInterfaces(Type expected)
    {
        var value = (IEnumerable<Part?>)(expected == typeof(ReadOnlyCollection<Part?>) ? new ReadOnlyCollection<Part?>([null, null])
            : expected == typeof(Part?[]) ? new Part?[2]
            : Activator.CreateInstance(expected, (IEnumerable<Part?>)new Part?[2])!);
        GraphWire moved = ImageTrip.Of(new GraphWire { ListOnceMore = value });
        Assert.IsType(expected, moved.ListOnceMore);
        Assert.Equal(2, moved.ListOnceMore.Count());
    }

    public static TheoryData<Type> Collections =>
    [
        typeof(Part?[]), typeof(List<Part?>), typeof(Queue<Part?>), typeof(Stack<Part?>), typeof(LinkedList<Part?>), typeof(ObservableCollection<Part?>), typeof(ReadOnlyCollection<Part?>),
        typeof(System.Collections.Concurrent.ConcurrentQueue<Part?>), typeof(System.Collections.Concurrent.ConcurrentBag<Part?>),
    ];

    [Fact]
    public void ATypeThatNoCodeHereNamesIsNotLoaded()
    {
        byte[] image = ImageTrip.Write(new GraphWire { Root = new Assembly() });
        string name = typeof(Assembly).FullName!;
        Assert.Contains("No wire of this process names the type", Refusal(Replace(image, name, name[..^1] + "i")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATypeThatDoesNotGoWithTheFieldIsRefused()
    {
        // As long as the name of Assembly, so that nothing else of the image changes.
        byte[] image = ImageTrip.Write(new GraphWire { Root = new Assembly() });
        string good = ImageTypes.NameOf(typeof(Assembly));
        string bad = ImageTypes.NameOf(typeof(GraphEnd));
        Assert.Equal(good.Length, bad.Length);
        Assert.Contains("cannot be where it is", Refusal(Replace(image, good, bad)).Message, StringComparison.Ordinal);
    }

    private static WireSerializationException Refusal(byte[] image) => Assert.Throws<WireSerializationException>(() => ImageTrip.Read(image));

    private static byte[] Replace(byte[] image, string from, string to)
    {
        byte[] copy = [.. image];
        int at = copy.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(from));
        System.Text.Encoding.UTF8.GetBytes(to).CopyTo(copy, at);
        return copy;
    }
}

/// <summary>Known, but no part.</summary>
public sealed class GraphEnd
{
    public int Number { get; set; }
}

/// <summary>Names it.</summary>
[Wire]
internal sealed partial class GraphEndWire
{
    public GraphEnd End(GraphEnd end) => end;
}
