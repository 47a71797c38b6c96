#pragma warning disable CA1051 // the vectors' structs have public fields
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
public class Tolerant
{
    public int Id { get; set; }

    public string? Name { get; set; }

    public double Extra { get; set; }
}

/// <summary>Version-tolerant, with numbers 1 and 2 no longer in use.</summary>
public class Gappy
{
    public int A { get; set; }

    public int D { get; set; }
}

/// <summary>Circular: objects by id.</summary>
public class Node
{
    public int Id { get; set; }

    public Node? Next { get; set; }
}

/// <summary>A union: 0 is <see cref="Circle"/>, 300 is <see cref="Rect"/>.</summary>
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

public class Ignored
{
    private int _c = 5;

    public int A { get; set; }

    public int B { get; set; }

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
