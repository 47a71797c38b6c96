using Xunit;

namespace Wires.Tests.Generators.Serialization;

/// <summary>Bytes that the real MemoryPack wrote for the user types of memorypack.json.</summary>
public sealed class SerializationVectorTests
{
    private const string Annotated = """
        public struct Padded { public byte A; public int B; public byte C; }
        [MemoryPackable] public class Person { public string? Name { get; set; } public int Age { get; set; } public List<string>? Tags { get; set; } public Person? Boss { get; set; } }
        [MemoryPackable] public readonly partial record struct Point(int X, int Y);
        [MemoryPackable] public record Line(Point A, Point B, string Label);
        [MemoryPackable] public struct Mixed { public int A; public string S; }
        [MemoryPackable] public class Base { public int A { get; set; } }
        [MemoryPackable] public class Derived : Base { public string? B { get; set; } }
        [MemoryPackable] public class Box<T> { public T? V { get; set; } }
        [MemoryPackable] public class Ignored { public int A { get; set; } [MemoryPackIgnore] public int B { get; set; } [MemoryPackInclude] private int _c = 5; public int C() => _c; }
        [MemoryPackable(GenerateType.VersionTolerant)] public class Tolerant { [MemoryPackOrder(0)] public int Id { get; set; } [MemoryPackOrder(1)] public string? Name { get; set; } [MemoryPackOrder(2)] public double Extra { get; set; } }
        [MemoryPackable(GenerateType.VersionTolerant)] public class Gappy { [MemoryPackOrder(0)] public int A { get; set; } [MemoryPackOrder(3)] public int D { get; set; } }
        [MemoryPackable(GenerateType.CircularReference)] public class Node { [MemoryPackOrder(0)] public int Id { get; set; } [MemoryPackOrder(1)] public Node? Next { get; set; } }
        [MemoryPackable] [MemoryPackUnion(0, typeof(Circle))] [MemoryPackUnion(300, typeof(Rect))] public interface IShape;
        [MemoryPackable] public class Circle : IShape { public int R { get; set; } }
        [MemoryPackable] public class Rect : IShape { public int W { get; set; } public int H { get; set; } }

        public static class Roots
        {
            static Padded padded; static Person? person; static Person?[]? people; static Point point; static Line? line; static Mixed mixed; static Derived? derived;
            static Box<string>? box; static Ignored? ignored; static Tolerant? tolerant; static Gappy? gappy; static Node? node; static IShape? shape;
        }

        public static class Program
        {
            static readonly List<string> s_failures = [];

            public static string Main()
            {
                var ann = new Person { Name = "Ann", Age = 40, Tags = ["x"] };
                var n1 = new Node { Id = 1 };
                n1.Next = new Node { Id = 2, Next = n1 };
                Check(new Padded { A = 1, B = 2, C = 3 }, "010000000200000003000000", p => p is { A: 1, B: 2, C: 3 });
                Check(ann, "04FCFFFFFF03000000416E6E2800000001000000FEFFFFFF0100000078FF", p => p is { Name: "Ann", Age: 40, Tags: ["x"], Boss: null });
                Check<Person>(null, "FF", p => p is null);
                Check<Person?[]>([new Person { Name = "Ann", Age = 40 }, null], "0200000004FCFFFFFF03000000416E6E28000000FFFFFFFFFFFF", p => p is [{ Name: "Ann", Tags: null }, null]);
                Check(new Point(1, 2), "0100000002000000", p => p is { X: 1, Y: 2 });
                Check(new Line(new Point(1, 2), new Point(3, 4), "l"), "0301000000020000000300000004000000FEFFFFFF010000006C", l => l is { A.X: 1, B.Y: 4, Label: "l" });
                Check(new Mixed { A = 1, S = "s" }, "0201000000FEFFFFFF0100000073", m => m is { A: 1, S: "s" });
                Check(new Derived { A = 1, B = "b" }, "0201000000FEFFFFFF0100000062", d => d is { A: 1, B: "b" });
                Check(new Box<string> { V = "v" }, "01FEFFFFFF0100000076", b => b is { V: "v" });
        #if ANNOTATED
                Check(new Ignored { A = 1, B = 2 }, "020100000005000000", i => i is { A: 1, B: 0 } && i.C() == 5);
                Check(new Tolerant { Id = 1, Name = "n", Extra = 2.5 }, "0304090801000000FEFFFFFF010000006E0000000000000440", t => t is { Id: 1, Name: "n", Extra: 2.5 });
                Check(new Gappy { A = 1, D = 4 }, "04040000040100000004000000", g => g is { A: 1, D: 4 });
                Check(n1, "02040A00010000000204020102000000FA00", n => n is { Id: 1, Next.Id: 2 } && n.Next.Next == n);
                Check<IShape>(new Circle { R = 2 }, "000102000000", s => s is Circle { R: 2 });
                Check<IShape>(new Rect { W = 1, H = 2 }, "FA2C01020100000002000000", s => s is Rect { W: 1, H: 2 });
                Check<IShape>(null, "FF", s => s is null);
        #endif
                return string.Join('\n', s_failures);
            }

            static void Check<T>(T? value, string hex, Func<T?, bool> isRight)
            {
                var bytes = WireSerializer.Serialize(value);
                if (Convert.ToHexString(bytes) != hex) s_failures.Add($"{typeof(T)}: {Convert.ToHexString(bytes)} instead of {hex}");
                if (!isRight(WireSerializer.Deserialize<T>(Convert.FromHexString(hex)))) s_failures.Add($"{typeof(T)} was not read back");
            }
        }
        """;

    [Fact]
    public void UserTypesAreWrittenByteForByteAsMemoryPackWritesThem() =>
        Assert.Equal("", FormatterCompilation.Of("#define ANNOTATED\n" + Annotated).Run());

    [Fact]
    public void TypesWithoutTheAttributeAreWrittenAsIfTheyHadIt() =>
        Assert.Equal("", FormatterCompilation.Of(Annotated.Replace("[MemoryPackable] ", "", StringComparison.Ordinal).Replace("static IShape? shape;", "", StringComparison.Ordinal)).Run());
}
