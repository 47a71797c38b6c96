using Xunit;

namespace Wires.Tests.Generators.Serialization;

/// <summary>Which members travel, however they are declared: each sample comes back by its bytes and as a copy, equal in all its state.</summary>
public sealed class SerializationMemberTests
{
    [Theory]
    [InlineData("private field", "public class T { private int _a; private string? _b; public T Fill() { _a = 1; _b = \"b\"; return this; } public override string ToString() => _a + _b; }", "new T().Fill()", "1b", 2)]
    [InlineData("readonly fields", "public class T { private readonly int _a; public readonly string B; public T() { B = \"\"; } public T(int x, string y, bool z) { _a = x; B = y; } public override string ToString() => _a + B; }", "new T(1, \"b\", true)", "1b", 2)]
    [InlineData("init and required", "public class T { public required int A { get; init; } public string? B { get; init; } public required string C; public override string ToString() => A + B + C; }", "new T { A = 1, B = \"b\", C = \"c\" }", "1bc", 3)]
    [InlineData("get-only auto-property", "public class T { public int A { get; } public string B { get; } = \"\"; public T() { } public T(string x) { A = 1; B = x; } public override string ToString() => A + B; }", "new T(\"b\")", "1b", 2)]
    [InlineData("private setter", "public class T { public int A { get; private set; } protected string? B { get; set; } public static T Make() => new T { A = 1, B = \"b\" }; public override string ToString() => A + B; }", "T.Make()", "1b", 2)]
    [InlineData("matching constructor", "public class T(int a, string b) { public int A { get; } = a; private readonly string _b = b; public override string ToString() => A + _b; }", "new T(1, \"b\")", "1b", 2)]
    [InlineData("private constructor", "public class T { private T(int a) { A = a; } public int A { get; } public static T Make() => new T(1); public override string ToString() => \"\" + A; }", "T.Make()", "1", 1)]
    [InlineData("private parameterless constructor", "public class T { private T() { } public int A { get; set; } public static T Make() => new T { A = 1 }; public override string ToString() => \"\" + A; }", "T.Make()", "1", 1)]
    [InlineData("constructor that changes its argument", "public class T { public T(int a) { A = a * 2; } public int A { get; private set; } public override string ToString() => \"\" + A; }", "new T(2)", "4", 1)]
    [InlineData("no fitting constructor", "public class T { private readonly int _n; public T(int start) { _n = start; } public override string ToString() => \"\" + _n; }", "new T(7)", "7", 1)]
    [InlineData("inherited private field", "public class B { private int _x; protected void Set(int x) => _x = x; protected int Get() => _x; } public class T : B { private int _x; public T Fill() { Set(1); _x = 2; return this; } public override string ToString() => Get() + \"\" + _x; }", "new T().Fill()", "12", 2)]
    [InlineData("hidden member", "public class B { public int A; } public class T : B { public new int A; public T Fill() { A = 2; base.A = 1; return this; } public override string ToString() => base.A + \"\" + A; }", "new T().Fill()", "12", 2)]
    [InlineData("overridden property", "public class B { public virtual int A { get; set; } protected int Under() => A; } public class T : B { public override int A { get; set; } public override string ToString() => \"\" + A; }", "new T { A = 3 }", "3", 2)]
    [InlineData("abstract property", "public abstract class B { public abstract int A { get; set; } } public class T : B { public override int A { get; set; } public override string ToString() => \"\" + A; }", "new T { A = 3 }", "3", 1)]
    [InlineData("computed property", "public class T { public int A { get; set; } public int Twice => A * 2; public T Self => this; public override string ToString() => \"\" + Twice; }", "new T { A = 3 }", "6", 1)]
    [InlineData("full property", "public class T { private int _a; public int A { get => _a; set => _a = value + 1; } public override string ToString() => \"\" + _a; }", "new T { A = 3 }", "4", 1)]
    [InlineData("field keyword", "public class T { public int A { get => field; set => field = value + 1; } public override string ToString() => \"\" + A; }", "new T { A = 3 }", "4", 1)]
    [InlineData("keywords and clashes", "public class T { public int @class; public int value; public int reader; public int Class { get; set; } public int count; public override string ToString() => \"\" + @class + value + reader + Class + count; }", "new T { @class = 1, value = 2, reader = 3, Class = 4, count = 5 }", "12345", 5)]
    [InlineData("record", "public record B(int X); public sealed record T(int X, string? S) : B(X) { private int _n; public T Fill() { _n = 5; return this; } public override string ToString() => X + S + _n; }", "new T(1, \"s\").Fill()", "1s5", 3)]
    [InlineData("struct with private readonly", "public readonly struct T { private readonly int _a; private readonly string _b; public T(int x, string y) { _a = x; _b = y; } public override string ToString() => _a + _b; }", "new T(1, \"b\")", "1b", 2)]
    [InlineData("record struct", "public record struct T(int A, string B) { public string? C { get; set; } public override string ToString() => A + B + C; }", "new T(1, \"b\") { C = \"c\" }", "1bc", 3)]
    [InlineData("unmanaged struct", "public struct T { private byte _a; private long _b; public T(byte a, long b) { _a = a; _b = b; } public override string ToString() => \"\" + _a + _b; }", "new T(1, 2)", "12", -1)]
    [InlineData("several constructors", "public class T { public T(int a) : this(a, \"\") { } public T(int a, string b) { A = a; B = b; } public int A { get; } public string B { get; } public override string ToString() => A + B; }", "new T(1, \"b\")", "1b", 2)]
    [InlineData("nothing", "public class T { public override string ToString() => \"t\"; }", "new T()", "t", 0)]
    [InlineData("internal members", "public class T { internal int A; internal string? B { get; set; } public override string ToString() => A + B; }", "new T { A = 1, B = \"b\" }", "1b", 2)]
    public void StateTravelsHoweverItIsDeclared(string what, string declaration, string value, string expected, int members) => Check(what, declaration, "T", value, "v.ToString()!", expected, members);

    [Theory]
    [InlineData("generic", "public class G<T> { private T? _v; public G<T> Fill(T v) { _v = v; return this; } public override string ToString() => \"\" + _v; }", "G<string>", "new G<string>().Fill(\"x\")", "v.ToString()!", "x")]
    [InlineData("nested generic", "public class O<T> where T : notnull { public class I<U> where U : struct { private readonly Dictionary<T, U> _m = []; public I<U> Fill(T t, U u) { _m[t] = u; return this; } public override string ToString() => string.Join(',', _m); } }", "O<string>.I<int>", "new O<string>.I<int>().Fill(\"k\", 1)", "v.ToString()!", "[k, 1]")]
    [InlineData("generic base", "public class B<T> { private T[] _v = []; protected void Set(params T[] v) => _v = v; public override string ToString() => string.Join(',', _v); } public class D : B<string> { public D Fill() { Set(\"a\", \"b\"); return this; } }", "D", "new D().Fill()", "v.ToString()!", "a,b")]
    [InlineData("generic of generic", "public record P<A, B>(A First, B Second);", "P<P<int, string>, List<P<int?, string?>>>", "new P<P<int, string>, List<P<int?, string?>>>(new(1, \"a\"), [new(null, null), new(2, \"b\")])", "v.First.Second + v.Second.Count + v.Second[1].First", "a22")]
    [InlineData("tuples", "public record R(int N);", "(R, string, int?)", "(new R(3), \"s\", (int?)null)", "v.Item1.N + v.Item2 + v.Item3", "3s")]
    [InlineData("big tuple", "public record R(int N);", "(int, int, int, int, int, int, int, string, R)", "(1, 2, 3, 4, 5, 6, 7, \"8\", new R(9))", "v.Item8 + v.Item9.N", "89")]
    [InlineData("dictionaries of records", "public record R(string S);", "Dictionary<R, List<R[]>>", "new Dictionary<R, List<R[]>> { [new R(\"k\")] = [[new R(\"v\"), null!]] }", "v[new R(\"k\")][0][0].S + v[new R(\"k\")][0].Length", "v2")]
    [InlineData("arrays", "public record struct S(string? A); public enum E : byte { X = 1, Y }", "(S?[], E[], int[,], string[][], E?)", "(new S?[] { new S(\"a\"), null }, new[] { E.X, E.Y }, new int[,] { { 1, 2 } }, new string[][] { [\"q\"] }, (E?)E.Y)", "v.Item1[0]!.Value.A + v.Item1[1] + v.Item2[1] + v.Item3[0, 1] + v.Item4[0][0] + v.Item5", "aY2qY")]
    [InlineData("immutable collections", "public sealed record R(string S);", "System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<R>>", "System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<R>>.Empty.Add(\"k\", [new R(\"v\")])", "v[\"k\"][0].S", "v")]
    [InlineData("interfaces of collections", "public record R(string S);", "IReadOnlyList<R>", "new List<R> { new R(\"v\") }", "v[0].S", "v")]
    [InlineData("recursive", "public class Tree { public string? Name; public List<Tree> Children = []; public Dictionary<string, Tree>? Named; }", "Tree", "new Tree { Name = \"a\", Children = [new Tree { Name = \"b\" }], Named = new() { [\"c\"] = new Tree { Name = \"d\" } } }", "v.Name + v.Children[0].Name + v.Named![\"c\"].Name", "abd")]
    [InlineData("a collection class", "public class Names : List<string>;", "Names", "new Names { \"a\", \"b\" }", "v.GetType().Name + v[1]", "Namesb")]
    [InlineData("a dictionary class", "public record R(int N); public class Index : Dictionary<string, R>;", "Index", "new Index { [\"a\"] = new R(4) }", "v.GetType().Name + v[\"a\"].N", "Index4")]
    [InlineData("union of generics", "[MemoryPackUnion(0, typeof(Leaf<>))] [MemoryPackUnion(1, typeof(Fork<>))] public abstract record Tree<T>; public sealed record Leaf<T>(T V) : Tree<T>; public sealed record Fork<T>(Tree<T> L, Tree<T> R) : Tree<T>;", "Tree<string>", "new Fork<string>(new Leaf<string>(\"a\"), new Leaf<string>(\"b\"))", "v.ToString()!", "Fork { L = Leaf { V = a }, R = Leaf { V = b } }")]
    public void ClosedTypesTravelWithWhatTheyHold(string what, string declarations, string type, string value, string text, string expected) => Check(what, declarations, type, value, text, expected, null);

    [Fact]
    public void AnnotatedTypesFollowMemoryPacksRules() => Check(
        "annotated",
        """
        [MemoryPackable] public partial class T
        {
            [MemoryPackConstructor] private T(string name) { Name = name; }
            public T(string name, int secret) : this(name) { _secret = secret; }
            private int _secret;
            public string Name { get; }
            public int Length => Name.Length;
            [MemoryPackInclude] private int Level { get; set; } = 9;
            [SuppressDefaultInitialization] public int Later { get; set; } = 4;
            [MemoryPackOnDeserialized] private void After() => Level += 100;
            public override string ToString() => Name + Level + _secret + Later;
        }
        """,
        "T",
        "new T(\"n\", 5)",
        "v.ToString()!",
        expected: "n10904",
        members: 4,
        expectedCopy: "n10904");

    [Fact]
    public void MissingMembersAreDefaultsAndUnknownOnesAnError()
    {
        const string Source = """
            public class T { public int A { get; set; } = 7; public string? B { get; set; } = "b"; }
            [MemoryPackable(GenerateType.VersionTolerant)] public class V { [MemoryPackOrder(0)] public int A { get; set; } [MemoryPackOrder(2)] public List<string>? C { get; set; } }
            public static class Roots { static T? t; static V? v; }
            public static class Program
            {
                static string Show<T>(string hex, Func<T, string> show)
                {
                    try { return show(WireSerializer.Deserialize<T>(Convert.FromHexString(hex))!); } catch (WireSerializationException e) { return e.GetType().Name; }
                }
                public static string Main() => string.Join(' ',
                    Show<T>("00", t => t.A + "," + t.B),
                    Show<T>("0101000000", t => t.A + "," + t.B),
                    Show<T>("03010000000000000001", t => "read"),
                    Show<V>("00", v => v.A + "," + v.C),
                    Show<V>("010405000000", v => v.A + "," + v.C),
                    Show<V>("0404020004" + "05000000" + "AAAA" + "BBBBBBBB", v => v.A + "," + v.C),
                    Show<V>("0104" + "0500", v => "read"),
                    Show<V>("FA00", v => "read"));
            }
            """;
        Assert.Equal("0, 1, WireSerializationException 0, 5, 5, WireSerializationException WireSerializationException", FormatterCompilation.Of(Source).Run());
    }

    [Fact]
    public void ACircularTypeKeepsItsCirclesInACopyToo()
    {
        const string Source = """
            [MemoryPackable(GenerateType.CircularReference)] public class Node { [MemoryPackOrder(0)] public required string Name { get; init; } [MemoryPackOrder(1)] public Node? Next { get; set; } [MemoryPackOrder(2)] public List<Node> All { get; set; } = []; }
            public static class Roots { static Node? node; }
            public static class Program
            {
                static bool Is(Node n, Node other) => n != other && n.Name == "a" && n.Next!.Name == "b" && n.Next.Next == n && n.All[0] == n && n.All[1] == n.Next;
                public static bool Main()
                {
                    var a = new Node { Name = "a" };
                    a.Next = new Node { Name = "b", Next = a };
                    a.All = [a, a.Next];
                    return Is(WireFormatters.Get<Node>().Copy(a)!, a) && Is(WireSerializer.Deserialize<Node>(WireSerializer.Serialize(a))!, a);
                }
            }
            """;
        Assert.True((bool)FormatterCompilation.Of(Source).Run()!);
    }

    [Fact]
    public void BytesThatAreNoValueOfAStructsFieldAreRefused()
    {
        const string Source = """
            public record struct Inner(bool On);
            public struct Flags { public byte A; private Inner _inner; public Flags(byte a, bool on) { A = a; _inner = new Inner(on); } public override string ToString() => A + "" + _inner.On; }
            public class Holder { public Flags F; public Flags[]? Many; public (byte, bool) Pair; }
            public static class Roots { static Flags f; static Holder? h; static List<Flags>? l; static Flags? n; }
            public static class Program
            {
                static string Try<T>(string hex, Func<T, string> show)
                {
                    try { return show(WireSerializer.Deserialize<T>(Convert.FromHexString(hex))!); } catch (WireSerializationException e) { return e.Message.Contains("not a valid value") ? "refused" : e.ToString(); }
                }
                public static string Main() => string.Join(' ',
                    Try<Flags>("0701", f => f.ToString()), Try<Flags>("0702", f => f.ToString()),
                    Try<Holder>("03" + "0701" + "010000000501" + "0301", h => h.F + "" + h.Many![0] + h.Pair),
                    Try<Holder>("03" + "0702" + "010000000501" + "0301", h => "read"),
                    Try<Holder>("03" + "0701" + "010000000503" + "0301", h => "read"),
                    Try<Holder>("03" + "0701" + "010000000501" + "0309", h => "read"),
                    Try<List<Flags>>("010000000501", l => l[0].ToString()), Try<List<Flags>>("010000000509", l => l[0].ToString()),
                    Try<Flags?>("010701", l => l.ToString()!), Try<Flags?>("010702", l => l.ToString()!));
            }
            """;
        Assert.Equal("7True refused 7True5True(3, True) refused refused refused 5True refused 7True refused", FormatterCompilation.Of(Source).Run());
    }

    private static void Check(string what, string declarations, string type, string value, string text, string expected, int? members, string? expectedCopy = null)
    {
        var compilation = FormatterCompilation.Of($$"""
            {{declarations}}
            public static class Roots { static {{type}} root = default!; }
            public static class Program
            {
                static string Show({{type}} v) => {{text}};
                public static string[] Main()
                {
                    {{type}} value = {{value}};
                    var bytes = WireSerializer.Serialize<{{type}}>(value);
                    return [Show(WireSerializer.Deserialize<{{type}}>(bytes)!), Show(WireFormatters.Get<{{type}}>().Copy(value)!), bytes[0].ToString()];
                }
            }
            """);
        Assert.Null(compilation.Plan("root").Reason);
        var result = (string[])compilation.Run()!;
        Assert.True(result[0] == expected, $"{what}: {result[0]} was read, not {expected}");
        Assert.True(result[1] == (expectedCopy ?? expected), $"{what}: {result[1]} was copied, not {expectedCopy ?? expected}");
        if (members >= 0)
        {
            Assert.Equal($"{members}", result[2]);
        }
    }
}
