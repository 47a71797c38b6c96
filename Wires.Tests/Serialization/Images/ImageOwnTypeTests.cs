using System.Collections.ObjectModel;
using Wires.Serialization;
using Wires.Serialization.Images;
using Xunit;

#pragma warning disable WIRE1003 // the state is what is looked at

namespace Wires.Tests.Serialization.Images;

/// <summary>A value keeps the type that it has at run time.</summary>
public sealed class ImageOwnTypeTests
{
    [Fact]
    public void ASubclassThatIsNamedSomewhereIsKept()
    {
        var assembly = new Assembled { Name = "a", Extra = new Machine { Model = "m", Engine = null } };
        GraphWire moved = ImageTrip.Of(new GraphWire { Root = assembly, Assembled = assembly, List = [assembly, assembly.Extra, new Part()] });
        Assert.Same(moved.Root, Assert.IsType<Assembled>(moved.Assembled));
        Assert.Equal("m", Assert.IsType<Machine>(moved.Assembled.Extra).Model);
        Assert.Equal([typeof(Assembled), typeof(Machine), typeof(Part)], moved.List!.Select(p => p!.GetType()));
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
        byte[] image = ImageTrip.Write(new GraphWire { Root = new Assembled() });
        string name = typeof(Assembled).FullName!;
        Assert.Contains("No wire of this process names the type", Refusal(Replace(image, name, name[..^1] + "i")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATypeThatDoesNotGoWithTheFieldIsRefused()
    {
        // As long as the name of Assembled, so that nothing else of the image changes.
        byte[] image = ImageTrip.Write(new GraphWire { Root = new Assembled() });
        string good = ImageTypes.NameOf(typeof(Assembled));
        string bad = ImageTypes.NameOf(typeof(Unrelated));
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
public sealed class Unrelated
{
    public int Number { get; set; }
}

/// <summary>Names it.</summary>
[Wire]
internal sealed partial class GraphEndWire
{
    public Unrelated End(Unrelated end) => end;
}
