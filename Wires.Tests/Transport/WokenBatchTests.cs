using Wires.Mailboxes;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;

namespace Wires.Tests.Transport;

/// <summary>What one read has woken runs as one, and none of it has to wait for another that does not end.</summary>
public sealed class WokenBatchTests : IAsyncLifetime
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);

    // The watchdog runs while there is a node.
    private readonly TestNode _node = TestNode.Create();
    private TestEnd _here = null!;
    private TestEnd _there = null!;
    private Connection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        // No ping takes along what waits.
        var options = new TransportOptions { Secret = TestEnd.Secret, PingPeriod = Waits.Patience, PeerTimeout = 2 * Waits.Patience };
        _here = await TestEnd.StartAsync("here", options);
        _there = await TestEnd.StartAsync("there", options);
        _connection = await _here.ConnectAsync(_there);
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    public async Task EachRunsOnce(int count)
    {
        int[] runs = new int[count];
        int all = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Start([.. Enumerable.Range(0, count).Select<int, Action>(i => () =>
        {
            Interlocked.Increment(ref runs[i]);
            if (Interlocked.Increment(ref all) == count)
            {
                done.SetResult();
            }
        })]);
        if (count > 0)
        {
            await done.Task.Within();
        }

        Assert.All(runs, static times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task OneThatBlocksDoesNotHoldUpTheOthers()
    {
        using var released = new ManualResetEventSlim();
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(() => done.SetResult(released.Wait(s_soon)), released.Set);
        Assert.True(await done.Task.Within(), "the second one did not run while the first one blocked");
    }

    [Fact]
    public async Task WhatOneThatBlocksHasSentLeaves()
    {
        using var arrived = new ManualResetEventSlim();
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _there.Recorder.Answer = (_, _) => arrived.Set();
        Start(
            static () => { },
            () =>
            {
                _connection.Send([0x20, 1]);
                done.SetResult(arrived.Wait(s_soon));
            });
        Assert.True(await done.Task.Within(), "the frame waited for the end of the one who waited for its answer");
    }

    [Fact]
    public async Task WhatTheyHaveSentLeavesTogether()
    {
        const int Count = 200;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Action[] actions = [.. Enumerable.Range(0, Count).Select<int, Action>(i => () => _connection.Send([0x20, (byte)i]))];
        Start([.. actions, done.SetResult]);
        await done.Task.Within();
        await Waits.Until(() => _there.Recorder.Frames.Count == Count, "all frames to arrive");
        Assert.Equal(Enumerable.Range(0, Count).Select(static i => (byte)i), _there.Recorder.Frames.Select(static frame => frame[1]));

        // Each by itself would be as many batches at the other end as it is quick.
        Assert.InRange(_there.Recorder.Batches, 1, Count / 4);
    }

    private void Start(params Action[] actions)
    {
        WokenBatch batch = WokenBatch.Rent(_connection);
        foreach (Action action in actions)
        {
            batch.Add(new Item(action));
        }

        batch.Start();
    }

    private sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
