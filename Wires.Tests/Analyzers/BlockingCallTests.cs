using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class BlockingCallTests : RuleTests<BlockingCall, BlockingCallFix>
{
    [Theory]
    [InlineData("public void M() => [|Thread.Sleep(10)|];", "'Thread.Sleep' blocks the thread of this turn; await Wire.Delay")]
    [InlineData("public void M(Task t) => [|t.Wait()|];", "await the task")]
    [InlineData("public int M(Task<int> t) => [|t.Result|];", "'Task.Result'")]
    [InlineData("public int M(ValueTask<int> t) => [|t.Result|];", "'ValueTask.Result'")]
    [InlineData("public int M(ARef a) => [|a.N().GetAwaiter().GetResult()|];", "GetResult")]
    [InlineData("public int M(Task<int> t) => [|t.ConfigureAwait(false).GetAwaiter().GetResult()|];", "GetResult")]
    [InlineData("public void M(Task a, Task b) => [|Task.WaitAll(a, b)|];", "Task.WhenAll")]
    [InlineData("public void M(ManualResetEvent e) => [|e.WaitOne()|];", "'WaitHandle.WaitOne'")]
    [InlineData("public string? M() => [|Console.ReadLine()|];", "'Console.ReadLine'")]
    [InlineData("public string M() => [|File.ReadAllText(\"a\")|];", "await ReadAllTextAsync")]
    [InlineData("private readonly string _x = [|File.ReadAllText(\"a\")|]; public string X() => _x;", "await ReadAllTextAsync")]
    [InlineData("public void M(FileStream f, byte[] b) => [|f.Write(b, 0, 1)|];", "await WriteAsync")]
    [InlineData("public void M(HttpClient c, HttpRequestMessage r) => [|c.Send(r)|];", "await SendAsync")]
    [InlineData("public void M(MyCommand c) => [|c.ExecuteNonQuery()|];", "await ExecuteNonQueryAsync")]
    [InlineData("public void M(List<int> xs) => xs.ForEach(x => [|Thread.Sleep(x)|]);", "Thread.Sleep")]
    [InlineData("public void M() { L(); void L() => [|Thread.Sleep(1)|]; }", "Thread.Sleep")]
    public Task FindsACallThatHoldsItsThread(string member, string message) => Finds(
        $$"""
        public abstract class MyCommand : System.Data.Common.DbCommand;
        [Wire] public partial class A { public int N() => 1; {{member}} }
        """,
        message);

    [Fact]
    public Task FindsOneBehindHelpersAndNamesThePath() => Finds(
        """
        [Wire] public partial class A
        {
            public string M() => [|Config.Load("a")|];
            public Config N() => [|new Config()|];
            public int O(Config c) => [|c.Size|];
            public int P(string s) => [|s.Measure()|];
        }
        public class Config
        {
            public Config() => Load("b");
            public int Size { get { Thread.Sleep(1); return 1; } }
            public static string Load(string path) => Read(path);
            private static string Read(string path) => path.Length > 0 ? File.ReadAllText(path) : Load("c");
        }
        public static class Extensions { public static int Measure(this string s) { Task.Delay(s.Length).Wait(); return 1; } }
        """,
        "Config.Load → Config.Read → File.ReadAllText");

    [Fact]
    public Task FindsWhatAnAdditionalFileNames() => Finds(
        "public class Api { public string Get() => \"\"; public Task<string> GetAsync() => null!; } [Wire] public partial class A { public string M(Api a) => [|a.Get()|]; }",
        "await GetAsync",
        ("Wires.BlockingCalls.txt", "# ours\nApi.Get -> GetAsync\n"));

    [Fact]
    public Task FindsWhatAnAdditionalFileNamesAlsoInDerivedTypesAndBehindHelpers() => Finds(
        """
        namespace MyApp { public class Legacy { public void Wait() { } public void Go() { } } public class Newer : Legacy; public static class Helper { public static void Run(Newer n) => n.Wait(); } }
        [Wire] public partial class A { public void M(MyApp.Newer n) { [|n.Wait()|]; n.Go(); } public void N(MyApp.Newer n) => [|MyApp.Helper.Run(n)|]; }
        """,
        "'Legacy.Wait' blocks the thread of this turn",
        ("Wires.BlockingCalls.txt", "MyApp.Legacy.Wait        # no twin"));

    [Theory]
    [InlineData("public async WireTask M() { await Task.Delay(1); await Wire.Delay(TimeSpan.Zero); await File.ReadAllTextAsync(\"a\"); }")]
    [InlineData("public async WireTask<int> M(Task<int> a, Task<int> b) { await Task.WhenAll(a, b); return a.Result + b.Result; }")]
    [InlineData("public int M(Task<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;")]
    [InlineData("public async WireTask<int> M(List<Task<int>> ts) { await Task.WhenAll(ts); return ts.Select(t => t.Result).Sum() + ts[0].Result; }")]
    [InlineData("public Task<string> M() => Task.Run(() => File.ReadAllText(\"a\"));")]
    [InlineData("public void M() => new Thread(() => Thread.Sleep(1)).Start();")]
    [InlineData("public string M() => nameof(Thread.Sleep) + nameof(Task<int>.Result);")]
    [InlineData("public void M(MemoryStream s, Stream t, byte[] b) { s.Write(b); t.Write(b); }")]
    [InlineData("public bool M(SemaphoreSlim s) => s.Wait(0) && s.Wait(TimeSpan.Zero);")]
    [InlineData("private static readonly string s_x = File.ReadAllText(\"a\"); static A() => Thread.Sleep(1); public string X() => s_x;")]
    [InlineData("private class Inner { public void M() => Thread.Sleep(1); }")]
    [InlineData("public int M(IThing t, Thing u) => t.Get() + u.Get();")]
    [InlineData("public record Answer(int Result); public int M(Answer a) => a.Result;")]
    public Task LeavesAloneWhatDoesNotHoldTheThread(string member) => LeavesAlone(
        $$"""
        public interface IThing { int Get(); }
        public class Thing : IThing { public virtual int Get() { Thread.Sleep(1); return 1; } }
        public class Quick : Thing { public override int Get() => 1; }
        [Wire] public partial class A { {{member}} }
        class Plain { void M() => Thread.Sleep(1); }
        """);

    [Fact]
    public Task FixesByAwaitingTheTwinAndMakingTheMethodAsync() => Fixes(
        """
        [Wire] public partial class A
        {
            private int _n;
            /// <summary>Waits.</summary>
            public int M()
            {
                // A while.
                [|Thread.Sleep(100)|];
                return _n;
            }
        }
        """,
        """
        [Wire] public partial class A
        {
            private int _n;
            /// <summary>Waits.</summary>
            public async WireTask<int> M()
            {
                // A while.
                await Wire.Delay(TimeSpan.FromMilliseconds(100));
                return _n;
            }
        }
        """);

    [Fact]
    public Task LeavesAloneWhatADeputyRuns() => LeavesAlone(
        """
        [Home] public interface IPlace { ValueTask Go(); }
        public sealed class Place : IPlace { public ValueTask Go() { Thread.Sleep(1); return default; } }
        [Wire] public partial class A(IPlace place) { public async WireTask M() => await place.Go(); }
        """);

    [Fact]
    public Task FixesAllThatHaveATwin() => FixesAll(
        """
        [Wire] public partial class A
        {
            public void M(Task<string> t, ARef a)
            {
                [|Thread.Sleep(TimeSpan.FromSeconds(1))|];
                int length = [|t.Result|].Length;
                [|a.M(t, a).GetAwaiter().GetResult()|];
            }
            public async WireTask<string> N() { await Wire.Yield(); return [|File.ReadAllText("a")|]; }
            [Every("00:00:01")] void Tick() => [|File.WriteAllText("a", "b")|];
            public string O() => [|Console.ReadLine()|] ?? Helper();
            private string Helper() => [|File.ReadAllText("a")|];
        }
        """,
        """
        [Wire] public partial class A
        {
            public async WireTask M(Task<string> t, ARef a)
            {
                await Wire.Delay(TimeSpan.FromSeconds(1));
                int length = (await t).Length;
                await a.M(t, a);
            }
            public async WireTask<string> N() { await Wire.Yield(); return await File.ReadAllTextAsync("a"); }
            [Every("00:00:01")] async WireTask Tick() => await File.WriteAllTextAsync("a", "b");
            public string O() => [|Console.ReadLine()|] ?? Helper();
            private string Helper() => [|File.ReadAllText("a")|];
        }
        """);
}
