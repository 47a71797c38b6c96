using Wires.Infrastructure;
using Wires.Mailboxes;
using Xunit;

namespace Wires.Tests.Runtime;

[Wire]
public partial class Pooled
{
    public int Echo(int value) => value;
}

public sealed class PoolTests
{
    [Fact]
    public async Task WhatADeadThreadHadPooledIsForgotten()
    {
        await using TestNode node = TestNode.Create(CallMode.Queued);
        Ask call = CallOnAThreadThatEnds(node.Get<PooledRef>("echo"));
        Assert.True(call.IsRegistered);

        // The registry lets go of what it finds dropped: no matter whose sweep finds it, or which stack still has a copy.
        await Waits.Until(
            () =>
            {
                WireThread.Snapshot([]);
                AskRegistry.Sweep();
                return !call.IsRegistered;
            },
            "the registry of calls keeps what a dead thread had pooled");
    }

    private static Pooled.__Wire.Echo_0 CallOnAThreadThatEnds(PooledRef wire)
    {
        Pooled.__Wire.Echo_0? call = null;
        var thread = new Thread(() =>
        {
            call = Pooled.__Wire.Echo_0.Rent(1);
            ValueTask<int> answer = call.Send(Handle(wire));
            SpinWait.SpinUntil(() => answer.IsCompleted);

            // Taken here, so that it goes back to this thread's pool.
            Assert.Equal(1, answer.GetAwaiter().GetResult());
        });
        thread.Start();
        thread.Join();
        return call!;
    }

    private static WireHandle? Handle<TRef>(TRef wire)
        where TRef : struct, IWireRef<TRef> => wire.Handle;
}
