#pragma warning disable CA1051 // the vectors' structs have public fields
using MemoryPack;

namespace Wires.Tests.Serialization;

// The user types of Vectors/memorypack.json, as its readme declares them.
public struct Padded
{
    public byte A;
    public int B;
    public byte C;
}

public class Person
{
    public string? Name { get; set; }

    public int Age { get; set; }

    public List<string>? Tags { get; set; }

    public Person? Boss { get; set; }
}

public readonly record struct Point(int X, int Y);

public record Line(Point A, Point B, string Label);

public struct Mixed
{
    public int A;
    public string S;
}

/// <summary>Version-tolerant: members by number, each with its length.</summary>
[MemoryPackable(GenerateType.VersionTolerant)]
public class Tolerant
{
    [MemoryPackOrder(0)]
    public int Id { get; set; }

    [MemoryPackOrder(1)]
    public string? Name { get; set; }

    [MemoryPackOrder(2)]
    public double Extra { get; set; }
}

/// <summary>Version-tolerant, with numbers 1 and 2 no longer in use.</summary>
[MemoryPackable(GenerateType.VersionTolerant)]
public class Gappy
{
    [MemoryPackOrder(0)]
    public int A { get; set; }

    [MemoryPackOrder(3)]
    public int D { get; set; }
}

/// <summary>Circular: objects by id.</summary>
[MemoryPackable(GenerateType.CircularReference)]
public class Node
{
    [MemoryPackOrder(0)]
    public int Id { get; set; }

    [MemoryPackOrder(1)]
    public Node? Next { get; set; }
}

/// <summary>A union: 0 is <see cref="Circle"/>, 300 is <see cref="Rect"/>.</summary>
[MemoryPackUnion(0, typeof(Circle))]
[MemoryPackUnion(300, typeof(Rect))]
public interface IShape;

public class Circle : IShape
{
    public int R { get; set; }
}

public class Rect : IShape
{
    public int W { get; set; }

    public int H { get; set; }
}

[MemoryPackable]
public class Ignored
{
    public int A { get; set; }

    [MemoryPackIgnore]
    public int B { get; set; }

    [MemoryPackInclude]
    private int _c = 5;

    public int GetC() => _c;

    public void SetC(int value) => _c = value;
}

public class Base
{
    public int A { get; set; }
}

public class Derived : Base
{
    public string? B { get; set; }
}

public class Box<T>
{
    public T? V { get; set; }
}
