using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class SharedStaticTests : RuleTests<SharedStatic, SharedStaticFix>
{
    [Theory]
    [InlineData("private static int s_n; public int M() => ++[|s_n|];", "'A.s_n' is static and can change")]
    [InlineData("public static string Name { get; set; } = \"\"; public string M() => [|Name|];", "'A.Name'")]
    [InlineData("private static readonly List<int> s_all = []; public void M(int x) => [|s_all|].Add(x);", "'A.s_all'")]
    [InlineData("private static readonly Dictionary<string, int> s_all = []; public void M() => [|s_all|][\"a\"] = 1; public int N() => [|s_all|].Count;", "'A.s_all'")]
    [InlineData("private static readonly int[] s_all = new int[3]; public void M() => [|s_all|][1] = 2;", "'A.s_all'")]
    [InlineData("private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> s_all = new(); public int M() => [|s_all|].GetOrAdd(1, 2);", "'A.s_all'")]
    [InlineData("private static readonly Counter s_c = new(); public int M() => [|s_c|].N++;", "'A.s_c'")]
    [InlineData("private static readonly List<int> s_all = []; public List<int> M() => [|s_all|];", "'A.s_all'")]
    [InlineData("public int M() => [|Counter.Total|];", "'Counter.Total'")]
    [InlineData("public int M() => [|Counter.Shared|].N;", "'Counter.Shared'")]
    public Task FindsAStaticThroughWhichWiresShareMemory(string members, string message) => Finds(
        $$"""
        public class Counter { public int N; public static int Total; public static Counter Shared { get; } = new(); }
        [Wire] public partial class A { {{members}} }
        """,
        message);

    [Fact]
    public Task FindsOneBehindHelpersAndNamesThePath() => Finds(
        """
        [Wire] public partial class A
        {
            public void M() => [|Log.Write("a")|];
            public int N(string s) => [|s.Rank()|];
            public int O() => [|Log.Count|];
            public int P() => new[] { 1 }.Select(x => [|Log.Next(x)|]).First();
        }
        public static class Log
        {
            private static readonly List<string> s_lines = [];
            private static int s_next;
            public static int Count => Lines().Count;
            public static void Write(string s) => Lines().Add(s);
            public static int Rank(this string s) => s_next + s.Length;
            public static T Next<T>(T x) { s_next++; return x; }
            private static List<string> Lines() => s_lines;
        }
        """,
        "Log.Write → Log.Lines → Log.s_lines");

    [Theory]
    [InlineData("private static readonly string[] s_names = [\"a\"]; public string M(int i) => s_names[i] + s_names.Length + s_names.Contains(\"b\"); public int N() { foreach (string s in s_names) return s.Length; return 0; }")]
    [InlineData("private static readonly Dictionary<string, int> s_map = new() { [\"a\"] = 1 }; public int M(string s) => s_map.TryGetValue(s, out int x) ? x : s_map.GetValueOrDefault(\"a\");")]
    [InlineData("private const int Max = 1; private static readonly TimeSpan s_wait = TimeSpan.Zero; public TimeSpan M() => s_wait * Max;")]
    [InlineData("private static readonly System.Text.RegularExpressions.Regex s_r = new(\"a\"); public bool M(string s) => s_r.IsMatch(s);")]
    [InlineData("private static readonly System.Collections.Frozen.FrozenSet<int> s_f = System.Collections.Frozen.FrozenSet.ToFrozenSet([1]); public bool M(int x) => s_f.Contains(x);")]
    [InlineData("private static readonly HttpClient s_http = new(); public Task<string> M() => s_http.GetStringAsync(\"/\");")]
    [InlineData("private static readonly System.Text.Json.JsonSerializerOptions s_json = new(); public string M() => System.Text.Json.JsonSerializer.Serialize(1, s_json);")]
    [InlineData("private static readonly Settings s_s = new(\"a\"); public string M() => s_s.Name + Settings.Default.Name;")]
    [InlineData("private static int s_n = 1; static A() => s_n = 2; private int _x; public int M() => _x; private class Inner { int N() => s_n; }")]
    [InlineData("public DateTime M() => DateTime.UnixEpoch + TimeSpan.FromTicks(Environment.TickCount64); public string N() => string.Empty + CultureInfoName(); private static string CultureInfoName() => System.Globalization.CultureInfo.InvariantCulture.Name;")]
    [InlineData("[ThreadStatic] private static int s_t; public int M() => s_t;")]
    [InlineData("public string M() => nameof(Plain.Total);")]
    [InlineData("private static readonly int[] s_all = [1]; public IReadOnlyList<int> M() => s_all; public IEnumerable<int> N() => s_all.Where(x => x > 1);")]
    [InlineData("private static readonly Guarded s_g = new(); public int M() => s_g.Next();")]
    public Task LeavesAloneStaticsThatShareNothing(string members) => LeavesAlone(
        $$"""
        public sealed class Settings(string name) { public static readonly Settings Default = new("d"); public string Name { get; init; } = name; }
        public sealed class Guarded { private readonly Lock _lock = new(); private int _n; public int Next() { lock (_lock) return ++_n; } }
        public class Plain { public static int Total; public int Use() => Total++; }
        [Wire] public partial class A { {{members}} }
        """);

    [Fact]
    public Task LeavesAloneTypesThatAnAdditionalFileNames() => LeavesAlone(
        "namespace N { public sealed class Cache { public int Size; } } [Wire] public partial class A { private static readonly N.Cache s_c = new(); public int M() => s_c.Size; }",
        ("Wires.SafeTypes.txt", "N.Cache # guards itself"));

    [Theory]
    [InlineData("public int M() => [|Helper.Next()|];", "Helper.Next → Helper.s_n")]
    [InlineData("public int M() => [|3.Plus()|];", "Helper.Plus → Helper.s_n")]
    [InlineData("public int M() => [|Helper.Last|];", "Helper.Last → Helper.s_n")]
    [InlineData("public void M(Thing t) => [|t.Size|] += 1;", "Thing.Size → Helper.Last → Helper.s_n")]
    [InlineData("public int M(int[] xs) => xs.Sum(x => x + [|Helper.Next()|]);", "Helper.Next → Helper.s_n")]
    [InlineData("public int M() { return Local(); int Local() => [|Helper.Next()|]; }", "Helper.Next → Helper.s_n")]
    [InlineData("public int M() => [|Helper.Inside()|];", "Helper.Inside → Helper.s_n")]
    [InlineData("public void M() => [|Store<int>.Add(1)|];", "Store.Add → Store.All")]
    [InlineData("public void M() => [|Helper.AddTo<string>(\"\")|];", "Helper.AddTo → Store.Add → Store.All")]
    [InlineData("public Thing M(Thing t) => [|t + t|];", "Thing.op_Addition → Helper.Last → Helper.s_n")]
    [InlineData("public int M(Thing t) => [|(int)t|];", "Thing.op_Explicit → Helper.Last → Helper.s_n")]
    public Task FindsOneBehindEveryKindOfCall(string member, string message) => Finds(
        $$"""
        public static class Helper
        {
            private static int s_n;
            public static int Next() => ++s_n;
            public static int Plus(this int x) => x + s_n;
            public static int Last => s_n;
            public static int Inside() { Func<int> f = () => s_n; return f() + Two(); int Two() => 2; }
            public static void AddTo<T>(T t) => Store<T>.Add(t);
        }
        public static class Store<T> { public static readonly List<T> All = []; public static void Add(T t) => All.Add(t); }
        public class Thing
        {
            public int Size { get => Helper.Last; set { } }
            public static Thing operator +(Thing a, Thing b) => Helper.Last > 0 ? a : b;
            public static explicit operator int(Thing t) => Helper.Last;
        }
        [Wire] public partial class A { {{member}} }
        """,
        message);

    [Fact]
    public Task FindsOneInABaseClass() => Finds(
        """
        public abstract class Base { private static int s_m; protected int Twice() => 2 * [|s_m|]++; }
        [Wire] public partial class A : Base { public int M() => Twice(); }
        """,
        "'Base.s_m'");

    [Theory]
    [InlineData("public void M(IStore store) => [|store.Put(1)|];", "Store.Put → Store.s_all")]
    [InlineData("public int M(IStore store) => [|store.Size|];", "Store.Size → Store.s_all")]
    [InlineData("public int M() => [|Started.Twice(1)|];", "static Started → Counter.Total")]
    [InlineData("public int M() => [|new Started()|].N;", "static Started → Counter.Total")]
    [InlineData("public int M() => [|Started.Zero|];", "static Started → Counter.Total")]
    public Task FindsOneBehindAnInterfaceOfOneClassOrAStaticConstructor(string members, string message) => Finds(
        $$"""
        public interface IStore { void Put(int x); int Size { get; } }
        public sealed class Store : IStore { private static readonly List<int> s_all = []; public void Put(int x) => s_all.Add(x); public int Size => s_all.Count; }
        public static class Counter { public static int Total; }
        public class Started { public static readonly int Zero = 0; static Started() => Counter.Total++; public int N => 1; public static int Twice(int x) => 2 * x; }
        [Wire] public partial class A { {{members}} }
        """,
        message);

    [Theory]
    [InlineData("public void M(IStore store) => store.Put(1);")]
    [InlineData("public int M() => Own.Next(1);")]
    [InlineData("public int M() => s_known.Count + Table.All.Count; [SharedSafely(\"written at start\")] private static readonly List<int> s_known = [];")]
    [InlineData("public int M() => ++s_n; [SharedSafely(\"a hint, races do no harm\")] private static int s_n;")]
    [InlineData("public int M() => Table.Cache.N;")]
    public Task LeavesAloneWhatIsAcceptedOrNotSureToRun(string members) => LeavesAlone(
        $$"""
        public interface IStore { void Put(int x); }
        public sealed class Store : IStore { private static readonly List<int> s_all = []; public void Put(int x) => s_all.Add(x); }
        public sealed class NullStore : IStore { public void Put(int x) { } }
        public static class Own { private static readonly int[] s_table = new int[4]; static Own() { for (int i = 0; i < 4; i++) s_table[i] = i; } public static int Next(int x) => x + 1; }
        public static class Table { [SharedSafely("never written")] public static List<int> All { get; } = []; public static readonly Cache Cache = new(); }
        [SharedSafely("guards itself")] public sealed class Cache { public int N; }
        [Wire] public partial class A { {{members}} }
        """);

    [Fact]
    public Task FixesByMakingItConst() => Fixes(
        """
        [Wire] public partial class A
        {
            // At most.
            private static int s_max = 5;
            public int M() => [|s_max|];
            private static int N() => 2 * [|s_max|];
        }
        """,
        """
        [Wire] public partial class A
        {
            // At most.
            private const int s_max = 5;
            public int M() => s_max;
            private static int N() => 2 * s_max;
        }
        """);

    [Fact]
    public Task FixesByMakingItReadonly() => Fixes(
        """
        [Wire] public partial class A
        {
            private static TimeSpan s_wait = TimeSpan.FromSeconds(1);
            public TimeSpan M() => [|s_wait|];
            private static TimeSpan N() => 2 * [|s_wait|];
        }
        """,
        """
        [Wire] public partial class A
        {
            private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1);
            public TimeSpan M() => s_wait;
            private static TimeSpan N() => 2 * s_wait;
        }
        """);

    [Fact]
    public Task FixesByFreezingACollectionThatIsOnlyRead() => Fixes(
        """
        [Wire] public partial class A
        {
            private static Dictionary<string, int> s_prices = new() { ["a"] = 1 };
            public int M(string s) => [|s_prices|].TryGetValue(s, out int x) ? x : [|s_prices|]["a"];
        }
        """,
        """
        [Wire] public partial class A
        {
            private static readonly System.Collections.Frozen.FrozenDictionary<string, int> s_prices = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new Dictionary<string, int>() { ["a"] = 1 });
            public int M(string s) => s_prices.TryGetValue(s, out int x) ? x : s_prices["a"];
        }
        """);

    [Fact]
    public Task FixesAllThatCanBeConst() => FixesAll(
        """
        [Wire] public partial class A
        {
            private static int s_max = 5, s_min = 1;
            private static string s_name = "a";
            private static int s_count = 0;
            public string M() => [|s_name|] + [|s_max|] + [|s_min|] + [|s_count|]++ + [|s_name|];
        }
        """,
        """
        [Wire] public partial class A
        {
            private const int s_max = 5, s_min = 1;
            private const string s_name = "a";
            private static int s_count = 0;
            public string M() => s_name + s_max + s_min + [|s_count|]++ + s_name;
        }
        """,
        "Make it const");

    [Theory]
    [InlineData("private static readonly Dictionary<string, int> s_x = []; public void M() => [|s_x|].Add(\"a\", 1);", "Make it a frozen collection")]
    [InlineData("private static int s_x = 1; public void M() => [|s_x|] = 2;", "Make it const")]
    [InlineData("private static int s_x = 1; public void M() => [|s_x|] = 2;", "Make it readonly")]
    [InlineData("private static List<int> s_x = []; public void M() => [|s_x|].Add(2);", "Make it readonly")]
    public Task OffersOnlyWhatCompilesAndHelps(string members, string title) => OffersNoFix($$"""[Wire] public partial class A { {{members}} }""", title);

    [Fact]
    public Task FixesByMakingItAnInstanceField() => Fixes(
        """
        [Wire] public partial class A
        {
            // How many.
            private static int s_n = 1;
            public int M() => ++[|s_n|];
        }
        """,
        """
        [Wire] public partial class A
        {
            // How many.
            private int s_n = 1;
            public int M() => ++s_n;
        }
        """);

    [Fact]
    public Task FixesAllWhoseUsesHaveAnInstance() => FixesAll(
        """
        [Wire] public partial class A
        {
            static readonly List<int> s_all = [], s_more = [];
            private static int s_static;
            public void M() { [|s_all|].Add(1); [|s_more|].Add(2); [|s_static|]++; }
            public int N() => [|s_all|].Count + Twice();
            private static int Twice() => 2 * [|s_static|];
        }
        """,
        """
        [Wire] public partial class A
        {
            readonly List<int> s_all = [], s_more = [];
            private static int s_static;
            public void M() { s_all.Add(1); s_more.Add(2); [|s_static|]++; }
            public int N() => s_all.Count + Twice();
            private static int Twice() => 2 * [|s_static|];
        }
        """);
}
