using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Wires.Serialization;
using Wires.Serialization.Formatters;
using Xunit;

namespace Wires.Tests.Serialization;

/// <summary>What the real MemoryPack library wrote, written and read by ours.</summary>
public sealed class VectorTests
{
    private static readonly Dictionary<string, IVector> Vectors = new IVector[]
    {
        Of("int", "-5", -5),
        Of("bool", "true", true),
        Of("double", "1.5", 1.5),
        Of("char", "'é'", 'é'),
        Of("decimal", "12345.678m", 12345.678m),
        Of("System.Guid", "Guid.Parse(\"00112233-4455-6677-8899-aabbccddeeff\")", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")),
        Of("System.DateTime", "new DateTime(2026,1,2,3,4,5,DateTimeKind.Utc)", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
        Of("System.DateTimeOffset", "new DateTimeOffset(2026,1,2,3,4,5,TimeSpan.FromHours(2))", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))),
        Of("System.DateOnly", "new DateOnly(2026,11,20)", new DateOnly(2026, 11, 20)),
        Of("System.Half", "(Half)1.5f", (Half)1.5f),
        Of("DayOfWeek", "DayOfWeek.Friday", DayOfWeek.Friday),
        Of<int?>("int?", "null", null),
        Of<int?>("int?", "7", 7),
        Of("string", "\"hello\"", "hello"),
        Of("string", "\"\"", ""),
        Of<string>("string?", "null", null),
        Of("string", "\"日本語 \\uD83D\\uDE00\"", "日本語 \uD83D\uDE00"),
        Of<int[]>("int[]", "[1,2,3]", [1, 2, 3]),
        Of<int[]>("int[]?", "null", null),
        Of<string?[]>("string?[]", "[\"a\",null,\"ccc\"]", ["a", null, "ccc"]),
        Of<byte[]>("byte[]", "[1,255]", [1, 255]),
        Of<int[][]>("int[][]", "[[1],[],null!,[2,3]]", [[1], [], null!, [2, 3]], new ArrayFormatter<int[]>()),
        Of<List<int>>("List<int>", "[1,2]", [1, 2], new ListFormatter<int>()),
        Of<List<int?>>("List<int?>", "[1,null]", [1, null], new ListFormatter<int?>()),
        Of("Dictionary<string,int>", "{[\"a\"]=1,[\"b\"]=2}", new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, new DictionaryFormatter<string, int>()),
        Of<HashSet<int>>("HashSet<int>", "[3,1]", [3, 1], new HashSetFormatter<int>()),
        Of("Queue<int>", "enqueue 1,2,3", new Queue<int>([1, 2, 3]), new QueueFormatter<int>()),
        Of("Stack<int>", "push 1,2,3", new Stack<int>([1, 2, 3]), new StackFormatter<int>()),
        Of<ImmutableArray<int>>("ImmutableArray<int>", "[1,2]", [1, 2], new ImmutableArrayFormatter<int>()),
        Of("ImmutableDictionary<int,int>", "{[1]=2}", ImmutableDictionary<int, int>.Empty.Add(1, 2), new ImmutableDictionaryFormatter<int, int>()),
        Of("(int,string)", "(1,\"a\")", (1, "a"), new ValueTupleFormatter<int, string>()),
        Of("(int,long)", "(1,2L)", (1, 2L), new ValueTupleFormatter<int, long>()),
        Of("KeyValuePair<int,string>", "new(1,\"a\")", new KeyValuePair<int, string>(1, "a"), new KeyValuePairFormatter<int, string>()),
        Of("System.Uri", "new Uri(\"https://a.b/c\")", new Uri("https://a.b/c")),
        Of("System.Version", "new Version(1,2,3,4)", new Version(1, 2, 3, 4)),
        Of("BigInteger", "BigInteger.Pow(2,100)", BigInteger.Pow(2, 100), options: WireWriterOptions.MemoryPackBigInteger),
        Of("Vector3", "new Vector3(1,2,3)", new Vector3(1, 2, 3)),
        Of("Padded", "new Padded{A=1,B=2,C=3}", new Padded { A = 1, B = 2, C = 3 }),
        Of("Person", "new Person{Name=\"Ann\",Age=40,Tags=[\"x\"],Boss=null}", Ann()),
        Of<Person>("Person?", "null", null),
        Of<Person?[]>("Person[]", "[Person Ann, null]", [new Person { Name = "Ann", Age = 40 }, null]),
        Of("Point", "new Point(1,2)", new Point(1, 2)),
        Of("Line", "new Line(new Point(1,2), new Point(3,4), \"l\")", new Line(new Point(1, 2), new Point(3, 4), "l")),
        Of("Mixed", "new Mixed{A=1,S=\"s\"}", new Mixed { A = 1, S = "s" }),
        Of("Tolerant", "new Tolerant{Id=1,Name=\"n\",Extra=2.5}", new Tolerant { Id = 1, Name = "n", Extra = 2.5 }),
        Of("Gappy", "new Gappy{A=1,D=4}", new Gappy { A = 1, D = 4 }),
        Of("Node", "a cycle: n1{Id=1}.Next=n2{Id=2}, n2.Next=n1", Cycle()),
        Of<IShape>("IShape", "new Circle{R=2}", new Circle { R = 2 }),
        Of<IShape>("IShape?", "null", null),
        Of("Ignored", "new Ignored{A=1,B=2}", new Ignored { A = 1, B = 2 }),
        Of("Derived", "new Derived{A=1,B=\"b\"}", new Derived { A = 1, B = "b" }),
        Of("Box<string>", "new Box<string>{V=\"v\"}", new Box<string> { V = "v" }),
    }.ToDictionary(v => v.Name);

    private interface IVector
    {
        string Name { get; }

        byte[] Write();

        byte[] ReadAndWrite(byte[] bytes);

        object? Read(byte[] bytes);
    }

    public static TheoryData<string, string> Entries
    {
        get
        {
            using var stream = typeof(VectorTests).Assembly.GetManifestResourceStream("Wires.Tests.Serialization.Vectors.memorypack.json")!;
            var data = new TheoryData<string, string>();
            foreach (var entry in JsonDocument.Parse(stream).RootElement.EnumerateArray())
            {
                data.Add(Name(entry.GetProperty("type").GetString()!, Escape(entry.GetProperty("value").GetString()!)), entry.GetProperty("hex").GetString()!);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void WeWriteWhatMemoryPackWrites(string vector, string hex) => Assert.Equal(hex, Convert.ToHexString(Vectors[vector].Write()));

    [Theory]
    [MemberData(nameof(Entries))]
    public void WeReadWhatMemoryPackWrites(string vector, string hex)
    {
        // The one value that MemoryPack 1.21 itself loses: see BigIntegerFormatter.
        if (vector.StartsWith("BigInteger", StringComparison.Ordinal))
        {
            Assert.Equal(BigInteger.Zero, Vectors[vector].Read(Convert.FromHexString(hex)));
            return;
        }

        Assert.Equal(hex, Convert.ToHexString(Vectors[vector].ReadAndWrite(Convert.FromHexString(hex))));
    }

    [Fact]
    public void EveryVectorIsChecked() => Assert.Equal(Vectors.Count, Entries.Count);

    [Fact]
    public void AReadCycleIsTheCycle()
    {
        var first = WireSerializer.Deserialize<Node>(WireSerializer.Serialize(Cycle()))!;
        Assert.Equal((1, 2), (first.Id, first.Next!.Id));
        Assert.Same(first, first.Next.Next);
    }

    [Fact]
    public void AReadPersonIsThePerson()
    {
        var ann = WireSerializer.Deserialize<Person>(WireSerializer.Serialize(Ann()))!;
        Assert.Equal(("Ann", 40, "x", null), (ann.Name, ann.Age, Assert.Single(ann.Tags!), ann.Boss));
    }

    private static Person Ann() => new() { Name = "Ann", Age = 40, Tags = ["x"] };

    private static Node Cycle()
    {
        var first = new Node { Id = 1 };
        first.Next = new Node { Id = 2, Next = first };
        return first;
    }

    private static string Name(string type, string value) => $"{type}: {value}";

    private static string Escape(string value) => value.Replace("\uD83D\uDE00", "\\uD83D\\uDE00", StringComparison.Ordinal);

    private static Vector<T> Of<T>(string type, string value, T? expected, WireFormatter<T>? formatter = null, WireWriterOptions options = WireWriterOptions.None)
    {
        if (formatter is not null)
        {
            WireFormatters.Register(formatter);
        }

        return new Vector<T>(Name(type, value), expected, options);
    }

    private sealed record Vector<T>(string Name, T? Value, WireWriterOptions Options) : IVector
    {
        public byte[] Write() => WireSerializer.Serialize(Value, Options);

        public byte[] ReadAndWrite(byte[] bytes) => WireSerializer.Serialize(WireSerializer.Deserialize<T>(bytes), Options);

        public object? Read(byte[] bytes) => WireSerializer.Deserialize<T>(bytes);
    }
}
