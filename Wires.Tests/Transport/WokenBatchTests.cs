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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task OneThatBlocksDoesNotHoldUpWhatComesNext(int count)
    {
        using var next = new ManualResetEventSlim();
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        int batches = 0;
        _there.Recorder.Woken = connection =>
        {
            if (Interlocked.Increment(ref batches) > 1)
            {
                next.Set();
                return null;
            }

            // The last one blocks: nobody has to help with the batch itself.
            return Gather(connection, [.. Enumerable.Repeat<Action>(static () => { }, count - 1), () => done.SetResult(next.Wait(s_soon))]);
        };
        _connection.Send([0x20, 1]);
        await Waits.Until(() => Volatile.Read(ref batches) == 1, "the first frame to arrive");
        _connection.Send([0x20, 2]);
        Assert.True(await done.Task.Within(), "nobody read the second frame while what the first one had woken blocked");
        _connection.Send([0x20, 3]);
        await Waits.Until(() => _there.Recorder.Frames.Count == 3, "the third frame to arrive");
    }

    [Fact]
    public async Task WhatWasWokenBeforeAFrameThatCannotBeHandledRuns()
    {
        // In one read: they leave together.
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _there.Recorder.Answer = static (_, frame) =>
        {
            if (frame[1] == 2)
            {
                throw new FormatException("what was that?");
            }
        };
        _there.Recorder.Woken = connection => Gather(connection, ran.SetResult);
        Start(() => _connection.Send([0x20, 1]), () => _connection.Send([0x20, 2]));
        Assert.Equal(TransportFault.PeerClosed, (await _here.Recorder.ReasonOf(_connection).Within())?.Fault);
        await ran.Task.Within();
        Assert.Equal(1, _there.Recorder.Batches);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261129)]
    public async Task OneReadsAtATimeWhoeverBlocks(int seed)
    {
        const int Count = 3000;
        var random = new Random(seed);
        int reading = 0;
        int sent = 0;
        int ran = 0;
        int woken = 0;
        _there.Recorder.Answer = (_, frame) =>
        {
            _there.Recorder.Frames.Enqueue(frame.ToArray());
            if (Interlocked.Increment(ref reading) != 1)
            {
                Interlocked.Add(ref reading, 1000);
            }

            Thread.SpinWait(50);
            Interlocked.Decrement(ref reading);
        };
        _there.Recorder.Woken = connection =>
        {
            // By whoever reads, so one at a time.
            int items = random.Next(4);
            woken += items;
            return items == 0 ? null : Gather(connection, [.. Enumerable.Range(0, items).Select(_ => random.Next(100) == 0 ? random.Next(1, 15) : 0).Select<int, Action>(pause => () =>
            {
                if (pause > 0)
                {
                    Thread.Sleep(pause);
                }

                Interlocked.Increment(ref ran);
            })]);
        };
        while (sent < Count)
        {
            for (int burst = Random.Shared.Next(1, 20); burst > 0 && sent < Count; burst--)
            {
                _connection.Send([0x20, (byte)sent++]);
            }

            await Task.Yield();
        }

        await Waits.Until(() => _there.Recorder.Frames.Count == Count && Volatile.Read(ref ran) == Volatile.Read(ref woken), $"all frames to arrive, and all that they have woken to run (seed {seed})");
        Assert.Equal(Enumerable.Range(0, Count).Select(static i => (byte)i), _there.Recorder.Frames.Select(static frame => frame[1]));
        Assert.Equal(0, reading);
    }

    private static WokenBatch? Gather(Connection connection, params Action[] actions)
    {
        WokenBatch batch = WokenBatch.Rent(connection);
        foreach (Action action in actions)
        {
            batch.Add(new Item(action));
        }

        return batch.Close();
    }

    private void Start(params Action[] actions)
    {
        if (Gather(_connection, actions) is { } batch)
        {
            ThreadPool.UnsafeQueueUserWorkItem(batch, preferLocal: false);
        }
    }

    private sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
