using Microsoft.Extensions.DependencyInjection;
using Wires.Migration;
using Wires.Remoting;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>
/// A wire that is just arriving has two mailboxes, and only one of them will count. What a caller has said into one of them comes before what it says into the other one, after a move of its own.
/// </summary>
public sealed class ArrivingCalleeTests
{
    private readonly Hearing _hearing = new();
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _holdsMoveFrom;
    private volatile string? _losesAnswerTo;
    private long _take;

    [Fact]
    public async Task SaidOnTheNodeThatItComesTo()
    {
        await using LocalCluster cluster = await StartAsync();
        (LocalNode target, LocalNode source, LocalNode third) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        ListenerRef listener = await Clusters.HomedAsync<ListenerRef>(cluster, source, source);
        TellerRef teller = await Clusters.HomedAsync<TellerRef>(cluster, target, target);

        // The target knows no way to the listener: it finds the one that arrives.
        await listener.HearAndAnswer("test", 1, source.Name).Within();
        await GoesOnWhenItHasMovedAsync(source, target, third, listener, teller);
        await HeardAsync(3);
    }

    [Fact]
    public async Task SaidByAWayThatHasBecomeRightAgain()
    {
        await using LocalCluster cluster = await StartAsync();
        (LocalNode target, LocalNode source, LocalNode third) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        ListenerRef listener = await Clusters.HomedAsync<ListenerRef>(cluster, source, source);
        TellerRef teller = await Clusters.HomedAsync<TellerRef>(cluster, third, third);
        await listener.HearAndAnswer("test", 1, source.Name).Within();
        await Clusters.MoveAsync(listener.Id, target);
        await teller.TellAndWait(Clusters.HandleOf(listener).Key.ToString(), 1).Within();

        // Nobody tells the teller's node that it goes, nor that it comes back.
        await Clusters.MoveAsync(listener.Id, source);
        await GoesOnWhenItHasMovedAsync(source, target, source, listener, teller, said: 1);
        await HeardAsync(4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaidWhereItThenDoesNotCome(bool fromElsewhere)
    {
        await using LocalCluster cluster = await StartAsync();
        (LocalNode target, LocalNode source, LocalNode third) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        ListenerRef listener = await Clusters.HomedAsync<ListenerRef>(cluster, source, source);
        LocalNode tellers = fromElsewhere ? third : target;
        TellerRef teller = await Clusters.HomedAsync<TellerRef>(cluster, tellers, tellers);
        await listener.HearAndAnswer("test", 1, source.Name).Within();
        if (fromElsewhere)
        {
            await Clusters.MoveAsync(listener.Id, target);
            await teller.TellAndWait(Clusters.HandleOf(listener).Key.ToString(), 1).Within();
            await Clusters.MoveAsync(listener.Id, source);
        }

        // The source does not hear that the target has it, takes it back, and goes on with it.
        int said = fromElsewhere ? 1 : 0;
        _losesAnswerTo = source.Name;
        Task<WireMigrationException> move = Assert.ThrowsAsync<WireMigrationException>(async () => await source.Wires.MigrateAsync(listener.Id, target.Name, TestContext.Current.CancellationToken));
        await _taken.Task.Within();
        await TellAsync(teller, listener, said + 1).Within();
        await MovedAsync(teller, source);
        await TellAsync(teller, listener, said + 2).Within();
        await move.Within();
        await HeardAsync(said + 3);
    }

    /// <summary>The listener's move stops where both nodes have it, the teller speaks, moves, and speaks again.</summary>
    private async Task GoesOnWhenItHasMovedAsync(LocalNode source, LocalNode target, LocalNode next, ListenerRef listener, TellerRef teller, int said = 0)
    {
        _holdsMoveFrom = source.Name;
        Task move = source.Wires.MigrateAsync(listener.Id, target.Name, TestContext.Current.CancellationToken).AsTask();
        await _taken.Task.Within();
        await TellAsync(teller, listener, said + 1).Within();
        Task moved = MovedAsync(teller, next);

        // It should not get there before the listener is; where it does, what it says there must not be heard first.
        await Task.WhenAny(moved, Task.Delay(300, TestContext.Current.CancellationToken));
        if (moved.IsCompleted)
        {
            await TellAsync(teller, listener, said + 2).Within();
            await Waits.Until(() => source.Inner.Directory.Find(Clusters.HandleOf(listener)) is { Depth: > 0 }, "what the teller says is not there");
        }

        _goOn.SetResult();
        await move.Within();
        if (!moved.IsCompleted)
        {
            await moved.Within();
            await TellAsync(teller, listener, said + 2).Within();
        }

        Assert.Equal(target.Name, await source.Wires.WhereAsync(listener.Id, TestContext.Current.CancellationToken));
    }

    private static ValueTask TellAsync(TellerRef teller, ListenerRef listener, int number) => teller.Tell(Clusters.HandleOf(listener).Key.ToString(), number);

    /// <summary>A move may be given up while its wire's calls are on their way; then it is for whoever wants it to try again.</summary>
    private static async Task MovedAsync(TellerRef teller, LocalNode to)
    {
        while (true)
        {
            try
            {
                await to.Wires.MigrateAsync(teller.Id, to.Name, TestContext.Current.CancellationToken).Within();
                return;
            }
            catch (WireMigrationException)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }
    }

    private async Task HeardAsync(int count)
    {
        await Waits.Until(() => _hearing.Heard == count, "all that was said to be heard");
        Assert.Empty(_hearing.Violations);
    }

    private Task<LocalCluster> StartAsync() => Clusters.StartAsync(
        3,
        options =>
        {
            options.MigrationProbe = (step, node) => step == MigrationStep.Taken && node == _holdsMoveFrom && _taken.TrySetResult() ? _goOn.Task : Task.CompletedTask;
            options.FrameProbe = (node, _, frame) =>
            {
                switch ((FrameKind)frame[0])
                {
                    case FrameKind.Question when frame[9] == MigrationQuestion.Take:
                        Volatile.Write(ref _take, BitConverter.ToInt64(frame[1..]));
                        return true;
                    case FrameKind.Answer when node.Node.Name == _losesAnswerTo && BitConverter.ToInt64(frame[1..]) == Volatile.Read(ref _take):
                        return !_taken.TrySetResult();
                    default:
                        return true;
                }
            };
        },
        node => node.Services.AddSingleton(_hearing));
}
