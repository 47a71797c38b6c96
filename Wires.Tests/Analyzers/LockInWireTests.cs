using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class LockInWireTests : RuleTests<LockInWire, LockInWireFix>
{
    [Theory]
    [InlineData("private readonly object _gate = new(); public void M() { [|lock|] (_gate) { } }", "This lock")]
    [InlineData("private readonly Lock _gate = new(); public void M() { [|lock|] (_gate) { } }", "This lock")]
    [InlineData("public void M() { [|lock|] (this) { } }", "This lock")]
    [InlineData("private readonly object _gate = new(); public void M() { [|Monitor.Enter(_gate)|]; Monitor.Exit(_gate); }", "'Monitor.Enter'")]
    [InlineData("private int _n; public int M() => [|Interlocked.Increment(ref _n)|];", "'Interlocked.Increment'")]
    [InlineData("private int _n; public int M() => [|Interlocked.CompareExchange(ref _n, 1, 0)|];", "'Interlocked.CompareExchange'")]
    [InlineData("private int _n; public int M() => [|Volatile.Read(ref _n)|];", "'Volatile.Read'")]
    [InlineData("private readonly SemaphoreSlim _one = new(1); public async WireTask M() { await [|_one.WaitAsync()|]; _one.Release(); }", "'SemaphoreSlim.WaitAsync'")]
    [InlineData("private readonly Mutex _one = new(); public void M() { [|_one.WaitOne()|]; _one.ReleaseMutex(); }", "'Mutex.WaitOne'")]
    [InlineData("private readonly ReaderWriterLockSlim _lock = new(); public void M() { [|_lock.EnterReadLock()|]; }", "EnterReadLock")]
    [InlineData("private volatile int [|_n|]; public int M() => _n;", "'volatile' of '_n'")]
    public Task FindsALockOnWhatTheTurnOwns(string members, string message) => Finds($$"""[Wire] public partial class A { {{members}} }""", message);

    [Theory]
    [InlineData("private static readonly object s_gate = new(); public void M() { lock (s_gate) { } }")]
    [InlineData("private static int s_n; public int M() => Interlocked.Increment(ref s_n);")]
    [InlineData("private class Counter { public int N; } public int M(object x) { var c = new Counter(); lock (x) { return Interlocked.Increment(ref c.N); } }")]
    [InlineData("private readonly SemaphoreSlim _one = new(1); [Interleave] public async WireTask M() { await _one.WaitAsync(); _one.Release(); }")]
    [InlineData("private int _n; public Task M() => Task.Run(() => { lock (this) { Interlocked.Increment(ref _n); } });")]
    [InlineData("private class Inner { private readonly object _gate = new(); public void M() { lock (_gate) { } } }")]
    public Task LeavesAloneLocksThatOthersMayShare(string members) => LeavesAlone($$"""[Wire] public partial class A { {{members}} }""");

    [Fact]
    public Task LeavesAloneServicesOfTheNode() => LeavesAlone(
        """
        [Wire] public partial class A(SemaphoreSlim outgoing, object gate)
        {
            [Local] private readonly object _gate = gate;
            public async WireTask M() { await outgoing.WaitAsync(); lock (gate) { } lock (_gate) { } }
        }
        class Plain { readonly object _gate = new(); volatile int _n; void M() { lock (_gate) { Interlocked.Increment(ref _n); } } }
        """);

    [Fact]
    public Task FixesByTakingTheLockAway() => Fixes(
        """
        [Wire] public partial class A
        {
            [Local] private readonly object _gate = new();
            private int _n;
            public int Next()
            {
                // One at a time.
                [|lock|] (_gate)
                {
                    return ++_n;
                }
            }
        }
        """,
        """
        [Wire] public partial class A
        {
            [Local] private readonly object _gate = new();
            private int _n;
            public int Next()
            {
                // One at a time.
                {
                    return ++_n;
                }
            }
        }
        """);

    [Fact]
    public Task FixesAllThatHaveAPlainForm() => FixesAll(
        """
        [Wire] public partial class A
        {
            private volatile int [|_n|];
            private long _sum;
            public int Next() => [|Interlocked.Increment(ref _n)|];
            public void Add(int x)
            {
                [|Interlocked.Add(ref _sum, x)|];
                [|lock|] (this) { [|lock|] (this) { [|Interlocked.Decrement(ref _n)|]; } }
            }
            public int Old() => [|Interlocked.Exchange(ref _n, 1)|];
        }
        """,
        """
        [Wire] public partial class A
        {
            private int _n;
            private long _sum;
            public int Next() => ++_n;
            public void Add(int x)
            {
                _sum += x;
                { { --_n; } }
            }
            public int Old() => [|Interlocked.Exchange(ref _n, 1)|];
        }
        """);
}
