using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>What wires and their callers wake runs on the workers that woke it, but not for ever before what waits for any worker.</summary>
[Collection(Quiet.Name)]
public sealed class FairnessTests
{
    private const int Callers = 64;
    private const int Pieces = 100;

    [Fact]
    public async Task CallersThatKeepAllWorkersBusyDoNotKeepOthersFromThem()
    {
        await using TestNode node = TestNode.Create();
        using var end = new CancellationTokenSource();
        Task[] callers = [.. Enumerable.Range(0, Callers * Environment.ProcessorCount).Select(i => Task.Run(async () =>
        {
            var wire = node.Get<SpinnerRef>($"busy {i}");
            while (!end.IsCancellationRequested)
            {
                await wire.Spin(1000);
            }
        }))];

        // From a thread that is not the pool's, as timers, sockets and other threads do. One after another: the pool may have an idle worker for the first ones.
        await Task.Factory.StartNew(
            static () =>
            {
                using var done = new ManualResetEventSlim();
                for (int i = 0; i < Pieces; i++)
                {
                    done.Reset();
                    ThreadPool.UnsafeQueueUserWorkItem(static done => done.Set(), done, preferLocal: false);
                    Assert.True(done.Wait(Waits.Patience), $"Piece {i} of {Pieces} has not run");
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await end.CancelAsync();
        await Task.WhenAll(callers).Within();
    }
}

/// <summary>Works for some microseconds.</summary>
[Wire]
public partial class Spinner
{
    private int _spins;

    public int Spin(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _spins += i ^ _spins;
        }

        return _spins;
    }
}
