using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>How a wire comes to life.</summary>
public sealed class LifeTests
{
    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AConstructorThatFailsFailsTheCallsThatWaitAndTheNextCallTriesAgain(CallMode mode)
    {
        var births = new Births { Failures = 1 };
        await using TestNode node = TestNode.Create(mode, services: services => services.AddSingleton(births));
        var wire = node.Get<FragileRef>();
        var e = await Assert.ThrowsAsync<WireActivationException>(() => wire.Touch().Within());
        Assert.IsType<OwnException>(e.InnerException);
        Assert.Contains("Fragile/a", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, node.Node.WireCount);
        Assert.NotEmpty(node.Log.Of("AttachFailed"));
        int born = await wire.Touch().Within();
        Assert.Equal(births.Count - 1, born);
        Assert.Equal(1, node.Node.WireCount);
    }

    [Fact]
    public async Task AnOnAttachedThatFailsFailsEverybodyWhoWaits()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<AttachedLateRef>();
        Task<string> first = wire.State().AsTask();
        await node.Probe.Reached("attaching Created");
        Task<string> second = wire.State().AsTask();
        Task<string> fromWire = node.Get<AttachedUserRef>().Ask(wire).AsTask();
        await wire.Tell().Within();
        node.Probe.Note("fail");
        node.Probe.Open("attach");
        foreach (Task<string> call in new[] { first, second, fromWire })
        {
            var e = await Assert.ThrowsAsync<WireActivationException>(() => call.Within());
            Assert.IsType<OwnException>(e.InnerException);
        }

        await Waits.Until(() => node.Log.Of("OneWayFailed").Count == 1, "the one-way call's failure to be logged");
        node.Probe.Note("succeed");
        Assert.Equal("attached", await wire.State().Within());
    }

    [Fact]
    public async Task CallsWaitUntilOnAttachedHasCompleted()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<AttachedLateRef>();
        Task<string> interleaved = wire.StateInterleaved().AsTask();
        await node.Probe.Reached("attaching Created");
        Task<string> ordinary = wire.State().AsTask();
        await node.Settled(wire);
        Assert.False(interleaved.IsCompleted || ordinary.IsCompleted);
        node.Probe.Open("attach");
        Assert.Equal("attached", await interleaved.Within());
        Assert.Equal("attached", await ordinary.Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task OnAttachedMayCallOthersThatCallBack(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        Assert.Equal("called back", await node.Get<GreeterRef>().Greeting().Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ConstructorParametersComeFromTheNodesServices(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode, services: static services => services
            .AddKeyedSingleton<IGreeting>("polite", new Greeting("Good day"))
            .AddSingleton<IGreeting>(new Greeting("Hi")));
        TestNode.Warm<InjectedRef>();
        Assert.Equal("Hi, Good day, no clock", await node.Get<InjectedRef>().Say().Within());
    }

    [Fact]
    public async Task AMissingServiceIsNamed()
    {
        await using TestNode node = TestNode.Create();
        var e = await Assert.ThrowsAsync<WireActivationException>(() => node.Get<InjectedRef>().Say().Within());
        Assert.Contains(nameof(IGreeting), e.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Injected), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneWireIsBuiltOnceHoweverManyCallItAtOnce()
    {
        var births = new Births();
        await using TestNode node = TestNode.Create(CallMode.Inlined, services: services => services.AddSingleton(births));
        for (int round = 0; round < 200; round++)
        {
            var wire = node.Get<FragileRef>($"wire {round}");
            using var start = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                var own = node.Wires.Get<FragileRef>($"wire {round}");
                start.SignalAndWait();
                await own.Touch();
            }))).Within();
            Assert.Equal(round + 1, births.Count);
        }
    }
}

public sealed class Births
{
    private int _count;

    public int Failures { get; set; }

    public int Count => Volatile.Read(ref _count);

    public int Next()
    {
        int count = Interlocked.Increment(ref _count);
        return count <= Failures ? throw new OwnException("stillborn") : count - 1;
    }
}

public interface IGreeting
{
    string Text { get; }
}

public sealed record Greeting(string Text) : IGreeting;

public interface IClockOfNobody;

[Wire]
public partial class Fragile(Births births)
{
    private readonly int _number = births.Next();

    public int Touch() => _number;
}

[Wire]
public partial class Injected(IGreeting greeting, [FromKeyedServices("polite")] IGreeting polite, IClockOfNobody? clock = null)
{
    public string Say() => $"{greeting.Text}, {polite.Text}, {(clock is null ? "no clock" : "a clock")}";
}

[Wire]
public partial class AttachedLate(Probe probe) : IAttached
{
    private string _state = "new";

    public async WireTask OnAttached(AttachReason reason)
    {
        probe.Note($"attaching {reason}");
        await probe.Gate("attach");
        if (probe.Notes.Contains("fail") && !probe.Notes.Contains("succeed"))
        {
            throw new OwnException("not today");
        }

        await Wire.Yield();
        _state = "attached";
    }

    public string State() => _state;

    [Interleave]
    public string StateInterleaved() => _state;

    [OneWay]
    public void Tell() => _state += "!";
}

[Wire]
public partial class AttachedUser
{
    public async WireTask<string> Ask(AttachedLateRef wire) => await wire.State();
}

[Wire]
public partial class Greeter : IAttached
{
    private string _greeting = "";

    public async WireTask OnAttached(AttachReason reason)
    {
        GreeterRef self = Wire.Self.As<GreeterRef>();
        _greeting = await self.Back();
    }

    public string Back() => "called back";

    public string Greeting() => _greeting;
}
