using Wires.Mailboxes;
using Wires.Migration;
using Wires.Serialization;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>What suspended methods may hold when their wire moves, and what keeps it, as the pages say.</summary>
public sealed class StackPinTests : IAsyncLifetime
{
    private LocalCluster _cluster = null!;

    private LocalNode One => _cluster.Nodes[0];

    private LocalNode Two => _cluster.Nodes[1];

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(2);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData("collections")]
    [InlineData("values")]
    [InlineData("class of a base class")]
    [InlineData("token that never fires")]
    [InlineData("sequence of an interface")]
    [InlineData("interface")]
    [InlineData("abstract class")]
    public async Task ItGoesAlong(string what)
    {
        PackerRef wire = await PackerAsync();
        Assert.Equal("", await wire.With(what, Two.Name).Within());
        Assert.Equal(Two.Name, await WhereAsync(wire));
    }

    [Theory]
    [InlineData("delegate", "Local 'twice' of Packer.Delegates", "System.Func")]
    [InlineData("disposable", "Local 'tent' of Packer.Disposable", "Tent")]
    [InlineData("task", "Local 'task' of Packer.Tasks", "Task")]
    [InlineData("token source", "Local 'source' of Packer.TokenSource", "CancellationTokenSource")]
    [InlineData("object", "Local 'bag' of Packer.Object", "Bag as an object")]
    [InlineData("enumerator of an interface", "IEnumerator")]
    [InlineData("query", "Local 'query' of Packer.Query", "ToList()")]
    [InlineData("exception", "LostException", "which cannot be built anew elsewhere")]
    [InlineData("delay with a token", "Wire.Delay cannot travel: it holds a CancellationToken that is none of its callers'")]
    [InlineData("semaphore", "Local 'semaphore' of Packer.Semaphore")]
    public async Task ItPins(string what, params string[] says)
    {
        PackerRef wire = await PackerAsync();
        string why = await wire.With(what, Two.Name).Within();
        Assert.StartsWith("Suspended: ", why, StringComparison.Ordinal);
        Assert.All(says, text => Assert.Contains(text, why, StringComparison.Ordinal));
        Assert.Equal(One.Name, await WhereAsync(wire));
    }

    [Fact]
    public async Task AValueTaskMethodPins()
    {
        PackerRef wire = await PackerAsync();
        Task call = wire.AsValueTask().AsTask();
        await SaysAsync(wire, PinKind.Suspended, "returns Task or ValueTask");
        await call.Within();
        call = wire.AwaitValueTask().AsTask();
        await SaysAsync(wire, PinKind.Suspended, "awaits something that is no wire call");
        await call.Within();
    }

    [Fact]
    public async Task ATaskThatIsAwaitedPins()
    {
        PackerRef wire = await PackerAsync();
        Task call = wire.AwaitTask().AsTask();
        await SaysAsync(wire, PinKind.Suspended, "awaits something that is no wire call");

        // A move waits for its end.
        await MoveAsync(wire.Id);
        await call.Within();
    }

    [Fact]
    public async Task AStreamPinsItsProducerAtAnAwaitAndNotItsConsumer()
    {
        PackerRef[] wires = await Clusters.HomedAsync<PackerRef>(_cluster, One, One, 2);
        Task<int> call = wires[0].Consume(wires[1]).AsTask();
        await SaysAsync(wires[1], PinKind.Streaming, "moves once that stands at a yield");
        await MoveAsync(wires[0].Id);
        Assert.Equal(Two.Name, await One.Wires.WhereAsync(wires[0].Id, TestContext.Current.CancellationToken).Within());
        Assert.False(call.IsCompleted, "the move waited for the end of the stream");
        Assert.Equal(3, await call.Within());
    }

    [Fact]
    public async Task ATimersMethodGoesAlongAndTicksAgainOnceItHasEnded()
    {
        TickingRef wire = await Clusters.HomedAsync<TickingRef>(_cluster, One, One);
        GateRef gate = await Clusters.HomedAsync<GateRef>(_cluster, One, One);
        await wire.Meet(gate).Within();
        for (int tick = 1; tick <= 4; tick++)
        {
            await Waits.Until(() => gate.Waiting().AsTask().GetAwaiter().GetResult() == tick, "it does not tick");
            LocalNode to = tick % 2 == 0 ? One : Two;
            await to.Wires.MigrateAsync(wire.Id, to.Name, TestContext.Current.CancellationToken).Within();

            // It ticks every 10 ms, but not before the last tick has ended: nor does another one wait for that.
            await Task.Delay(50, TestContext.Current.CancellationToken);
            Assert.Equal(tick, await gate.Waiting().Within());
            Assert.Equal(0, to.Inner.Directory.Find(Clusters.HandleOf(Clusters.On<TickingRef>(wire.Id.Key, to)))!.Extras_OnTurn.DeferredCount);
            await gate.Open(tick).Within();
        }

        await gate.Open(int.MaxValue).Within();
        (int begun, int ended) = await wire.Ticks().Within();
        Assert.True(begun >= 4 && begun == ended, $"{begun} ticks have begun, {ended} have ended");
    }

    [Fact]
    public async Task ANotificationPins()
    {
        GreeterRef wire = await Clusters.HomedAsync<GreeterRef>(_cluster, One, One);
        Task<int> call = wire.Greeted().AsTask();
        await SaysAsync(wire, PinKind.Suspended, "its OnAttached or OnDetaching is suspended");
        Assert.Equal(1, await call.Within());
    }

    [Fact]
    public async Task ADrainWaitsForMethodsWhoseVariablesPin()
    {
        PackerRef wire = await PackerAsync();
        Task call = wire.HoldTent(400).AsTask();
        await SaysAsync(wire, PinKind.Suspended, "Local 'tent' of Packer.HoldTent");
        LocalNode one = One, two = Two;
        Task drain = _cluster.DrainAsync(one, TestContext.Current.CancellationToken);
        await drain.Within();
        await call.Within();
        Assert.Equal(two.Name, await two.Wires.WhereAsync(wire.Id, TestContext.Current.CancellationToken).Within());
    }

    [Fact]
    public async Task ASuspendedMethodIsWrittenInAFewHundredBytes()
    {
        PackerRef wire = await PackerAsync();
        Task call = wire.Sleep(1, CancellationToken.None).AsTask();
        await call.Within();
        int empty = await ImageBytesAsync(wire);
        call = wire.Sleep(300, CancellationToken.None).AsTask();
        await Waits.Until(() => Activation(wire).SuspendedCalls_OnTurn > 0, "no method is suspended");

        // Three frames: two of methods, and the delay.
        Assert.InRange(await ImageBytesAsync(wire) - empty, 100, 400);
        await call.Within();
    }

    private static Activation Activation(PackerRef wire) => Clusters.HandleOf(wire).Node.Directory.Find(Clusters.HandleOf(wire))!;

    private static Task<int> ImageBytesAsync(PackerRef wire)
    {
        var bytes = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Activation(wire).Post(
            new LifeRequest(activation =>
            {
                var image = new WireBuffer();
                WireImage.Write(image, activation, epoch: 0, ticks: []);
                bytes.SetResult(image.WrittenCount);
            }),
            bounded: false);
        return bytes.Task.Within();
    }

    private Task<PackerRef> PackerAsync() => Clusters.HomedAsync<PackerRef>(_cluster, One, One);

    private Task<string?> WhereAsync(PackerRef wire) => One.Wires.WhereAsync(wire.Id, TestContext.Current.CancellationToken).AsTask().Within();

    private Task MoveAsync(WireId wire) => One.Wires.MigrateAsync(wire, Two.Name, TestContext.Current.CancellationToken).AsTask().Within();

    private async Task SaysAsync<TRef>(TRef wire, PinKind kind, string text)
        where TRef : struct, IWireRef<TRef>
    {
        PinReason why = PinReason.None;
        for (int look = 0; look < 2000 && !(why.Kind == kind && why.Text.Contains(text, StringComparison.Ordinal)); look++)
        {
            await Task.Delay(look > 0 ? 5 : 0, TestContext.Current.CancellationToken);
            why = await One.Wires.WhyAsync(wire.Id, TestContext.Current.CancellationToken).AsTask().Within();
        }

        Assert.Equal(kind, why.Kind);
        Assert.Contains(text, why.Text, StringComparison.Ordinal);
    }
}
