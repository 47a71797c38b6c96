using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class LocalCannotTravelTests : RuleTests<LocalCannotTravel>
{
    private const string Head = "public sealed class Holder { private readonly Stream? _s = null; public int N => _s is null ? 0 : 1; }";

    [Theory]
    [InlineData("Stream [|s|] = File.OpenRead(p); await Wire.Yield(); s.Close();", "'s' is needed after 'await Wire.Yield()', so the wire cannot move while it waits there: 'Stream' belongs to one node")]
    [InlineData("using var [|s|] = File.OpenRead(p); await Wire.Yield();", "'s' is needed after 'await Wire.Yield()'")]
    [InlineData("using (var [|s|] = File.OpenRead(p)) { await Wire.Yield(); }", "'FileStream'")]
    [InlineData("using ([|File.OpenRead(p)|]) { await Wire.Yield(); }", "'File.OpenRead(p)'")]
    [InlineData("await using var [|s|] = File.OpenRead(p); await other.Number();", "await other.Number()")]
    [InlineData("var [|c|] = new CancellationTokenSource(); try { await Wire.Yield(); } finally { c.Cancel(); }", "'CancellationTokenSource'")]
    [InlineData("var [|c|] = new CancellationTokenSource(); try { await Wire.Yield(); } catch (IOException) { c.Cancel(); }", "'CancellationTokenSource'")]
    [InlineData("object o = p; if (o is string and not \"\" && File.OpenRead(p) is { CanRead: true } [|s|]) { await Wire.Yield(); s.Close(); }", "'FileStream'")]
    [InlineData("Func<int> [|f|] = () => n; await Wire.Yield(); n = f();", "is a delegate")]
    [InlineData("Type [|t|] = p.GetType(); await Wire.Yield(); n = t.Name.Length;", "names code that the reader may not have")]
    [InlineData("var [|h|] = new Holder(); await Wire.Yield(); n = h.N;", "'Holder._s'")]
    [InlineData("var [|w|] = System.Diagnostics.Stopwatch.StartNew(); await Wire.Yield(); n = (int)w.ElapsedTicks;", "'Stopwatch'")]
    [InlineData("var [|t|] = new StringReader(p); while (t.ReadLine() is { } line) { await Wire.Yield(); n += line.Length; }", "'StringReader'")]
    [InlineData("var [|all|] = new List<Stream>(); await Wire.Yield(); n = all.Count;", "'Stream'")]
    [InlineData("foreach (var s in [|streams|]) { s.Close(); await Wire.Yield(); }", "'Stream'")]
    [InlineData("foreach (int x in [|numbers.Where(x => x > 1)|]) { await Wire.Yield(); n += x; }", "the query 'Where'")]
    [InlineData("foreach (string line in [|File.ReadLines(p)|]) { await Wire.Yield(); n += line.Length; }", "'File.ReadLines'")]
    [InlineData("[|http|].CancelPendingRequests(await other.Time());", "'http' is needed after 'await other.Time()'")]
    [InlineData("Stream [|s|] = File.OpenRead(p); s.Write(await other.Bytes());", "await other.Bytes()")]
    [InlineData("if (File.OpenRead(p) is var [|s|] && n > await other.Number()) s.Close();", "await other.Number()")]
    [InlineData("await foreach (int x in other.Many()) { } Stream [|s|] = File.OpenRead(p); await foreach (int x in other.Many()) { s.Close(); }", "await foreach")]
    [InlineData("await Inner(); async WireTask Inner() { Stream [|s|] = File.OpenRead(p); await Wire.Yield(); s.Close(); }", "'s'")]
    [InlineData("Func<WireTask> f = async () => { Stream [|s|] = File.OpenRead(p); await Wire.Yield(); s.Close(); }; await f();", "'s'")]
    public Task FindsWhatIsNeededAfterAnAwait(string body, string message) => Finds(
        $$"""
        {{Head}}
        public static class Extensions { public static void CancelPendingRequests(this HttpClient c, TimeSpan t) => c.Timeout = t; }
        [Wire] public partial class A(HttpClient http)
        {
            public async WireTask M(string p, int n, ARef other, List<int> numbers) { var streams = Streams(); {{body}} }
            private List<Stream> Streams() => http is null ? [] : [];
            public TimeSpan Time() => default;
            public byte[] Bytes() => [];
            public int Number() => 0;
            public async IAsyncEnumerable<int> Many() { await Task.Yield(); yield return 1; }
        }
        """,
        message);

    [Fact]
    public Task FindsAParameterOfAMethodOfAnyClass() => Finds(
        """
        [Wire] public partial class A { public async WireTask M() => await Helper.Copy(Stream.Null); }
        public static class Helper { public static async WireTask Copy(Stream [|from|]) { await Wire.Yield(); from.Close(); } }
        """,
        "'from' is needed after 'await Wire.Yield()'");

    [Theory]
    [InlineData("Stream s = File.OpenRead(p); s.Close(); await Wire.Yield();")]
    [InlineData("Stream s = File.OpenRead(p); n = await s.ReadAsync(new byte[1]); await Wire.Yield();")]
    [InlineData("using (var s = File.OpenRead(p)) { n = s.ReadByte(); } await Wire.Yield();")]
    [InlineData("Stream s; for (int i = 0; i < 2; i++) { s = File.OpenRead(p); s.Close(); await Wire.Yield(); }")]
    [InlineData("Stream s = File.OpenRead(p); s.Close(); await Wire.Yield(); s = File.OpenRead(p); s.Close();")]
    [InlineData("Stream s = File.OpenRead(p); if (n > 1) { await Wire.Yield(); return; } s.Close();")]
    [InlineData("if (File.OpenRead(p) is { CanRead: true } s) { s.Close(); } await Wire.Yield();")]
    [InlineData("Task t = Task.Delay(1); var u = other.Number(); await Wire.Yield(); await t; await u;")]
    [InlineData("var ts = new List<Task>(); foreach (int x in numbers) { ts.Add(Task.Delay(x)); await Wire.Yield(); } await Task.WhenAll(ts);")]
    [InlineData("var ts = numbers.Select(x => Task.Delay(x)).ToArray(); await Wire.Yield(); await Task.WhenAll(ts);")]
    [InlineData("await Wire.Delay(TimeSpan.Zero, c); c.ThrowIfCancellationRequested(); await Wire.Delay(TimeSpan.Zero, c);")]
    [InlineData("try { await Wire.Yield(); } catch (Exception e) { await other.Number(); Console.WriteLine(e.Message); throw; }")]
    [InlineData("foreach (int x in numbers) { await Wire.Yield(); n += x; } foreach (var (k, v) in map) { await Wire.Yield(); n += v + k.Length; }")]
    [InlineData("foreach (char x in p) { await Wire.Yield(); n += x; } foreach (int x in new[] { 1, 2 }) { await Wire.Yield(); n += x; } foreach (int x in set) { await Wire.Yield(); n += x; }")]
    [InlineData("foreach (int x in numbers.Where(x => x > 1).ToList()) { await Wire.Yield(); n += x; }")]
    [InlineData("await foreach (int x in other.Many()) { await Wire.Yield(); n += x; }")]
    [InlineData("numbers.Add(await other.Number()); map[\"a\"] = await other.Number(); n += await other.Number(); _field = await other.Number(); Console.WriteLine(\"{0} {1}\", n, await other.Number());")]
    [InlineData("object o = p; await Wire.Yield(); n = o.GetHashCode(); IEnumerable<int> q = numbers; await Wire.Yield(); n = q.Count();")]
    [InlineData("string s = await Task.Run(() => File.ReadAllText(p)); await Wire.Yield(); n = s.Length; int Twice(int x) => x * n; await Wire.Yield(); n = Twice(2);")]
    [InlineData("var text = new System.Text.StringBuilder(); var record = new Line(1, \"a\"); var (a, b) = record; await Wire.Yield(); text.Append(a).Append(b).Append(record); await Wire.Yield(); n = text.Length;")]
    [InlineData("n = p switch { \"a\" => await other.Number(), _ => 0 }; string q = n > 1 ? p : (await other.Number()).ToString(); await Wire.Yield(); n = q.Length;")]
    [InlineData("using var doc = System.Text.Json.JsonDocument.Parse(p); n = doc.RootElement.GetArrayLength();")]
    public Task LeavesAloneWhatTravelsOrIsNotNeeded(string body) => LeavesAlone(
        $$"""
        public sealed record Line(int N, string S);
        [Wire] public partial class A
        {
            private int _field;
            public async WireTask M(string p, int n, ARef other, List<int> numbers, Dictionary<string, int> map, HashSet<int> set, CancellationToken c) { await Wire.Yield(); {{body}} }
            public TimeSpan Time() => default;
            public int Number() => _field;
            public async IAsyncEnumerable<int> Many() { await Task.Yield(); yield return 1; }
        }
        """);

    [Fact]
    public Task LeavesAloneMethodsThatPinTheWireAnyway() => LeavesAlone(
        "[Wire] public partial class A { public async Task M() { using var s = File.OpenRead(\"\"); await Task.Yield(); } } public class B { public async Task M() { using var s = File.OpenRead(\"\"); await Task.Yield(); } }");
}
