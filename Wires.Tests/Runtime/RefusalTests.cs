using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>A caller can tell whether its own call was refused, or one that its callee made.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(CallMode.Queued)]
    [InlineData(CallMode.Inlined)]
    public async Task OnlyTheVeryCallThatWasRefusedSaysSo(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode, static options => options.MailboxCapacity = 1);
        var busy = node.Get<BusyRef>();
        Task hold = busy.Hold("busy").AsTask();
        await node.Probe.Reached("busy");
        Task waiting = busy.Echo(1).AsTask();
        await node.Settled(busy);

        var own = await Assert.ThrowsAsync<WireOverloadedException>(() => busy.Echo(2).Within());
        var passedOn = await Assert.ThrowsAsync<WireOverloadedException>(() => node.Get<RelayRef>().Pass(busy).Within());
        Assert.True(own.IsRefused);
        Assert.False(passedOn.IsRefused);

        node.Probe.Open("busy");
        await Task.WhenAll(hold, waiting).Within();
    }

    [Fact]
    public async Task EveryCallerOfAWireThatCannotLiveIsRefusedByAnExceptionOfItsOwn()
    {
        await using TestNode node = TestNode.Create();
        var stillborn = node.Get<StillbornRef>();
        Task<WireActivationException>[] calls = [.. Enumerable.Range(0, 8).Select(_ => Assert.ThrowsAsync<WireActivationException>(() => stillborn.Touch().Within()))];
        WireActivationException[] refusals = await Task.WhenAll(calls);
        Assert.All(refusals, static refusal => Assert.True(refusal.IsRefused));
        Assert.Equal(refusals.Length, refusals.Distinct(ReferenceEqualityComparer.Instance).Count());
    }
}

[Wire]
public partial class Relay
{
    public async WireTask<int> Pass(BusyRef busy) => await busy.Echo(3);
}

[Wire]
public partial class Stillborn : IAttached
{
    public WireTask OnAttached(AttachReason reason) => throw new InvalidOperationException("Not in this world.");

    public void Touch()
    {
    }
}
