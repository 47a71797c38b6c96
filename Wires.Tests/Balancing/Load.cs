using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>Keeps wires at work.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task[] _callers;
    private readonly int[] _works;

    public Load(LaborerRef[] wires, int milliseconds)
    {
        _works = new int[wires.Length];
        _callers = [.. wires.Select((wire, i) => Task.Run(async () =>
        {
            while (!_end.IsCancellationRequested)
            {
                int works = await wire.Work(milliseconds);

                // None lost, none run twice, by whatever node.
                Assert.Equal(Interlocked.Increment(ref _works[i]), works);
                await Task.Delay(50);
            }
        }))];
    }

    /// <summary>Ends it.</summary>
    /// <returns>How often each wire has worked.</returns>
    public async Task<int[]> EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_callers).Within();
        return _works;
    }

    /// <summary>Completes when all together have worked so often more.</summary>
    public Task WorkedAsync(int times)
    {
        int before = Sum();
        return Waits.Until(() => Sum() >= before + times);
    }

    public void ThrowIfFailed()
    {
        foreach (Task caller in _callers)
        {
            if (caller.IsFaulted)
            {
                caller.GetAwaiter().GetResult();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
    }

    private int Sum() => Enumerable.Range(0, _works.Length).Sum(i => Volatile.Read(ref _works[i]));
}
