using System.Runtime.CompilerServices;
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
        WeakReference call = CallOnAThreadThatEnds(node.Get<PooledRef>("echo"));

        // The watchdog and other tests look at threads and calls too, and may hold them for a moment.
        for (int look = 0; call.IsAlive && look < 500; look++)
        {
            WireThread.Snapshot([]);
            AskRegistry.Sweep();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.False(call.IsAlive, "The registry of calls still holds what a dead thread had pooled.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CallOnAThreadThatEnds(PooledRef wire)
    {
        WeakReference? weak = null;
        var thread = new Thread(() =>
        {
            Pooled.__Wire.Echo_0 call = Pooled.__Wire.Echo_0.Rent(1);
            weak = new WeakReference(call);
            ValueTask<int> answer = call.Send(Handle(wire));
            SpinWait.SpinUntil(() => answer.IsCompleted);

            // Taken here, so that it goes back to this thread's pool.
            Assert.Equal(1, answer.GetAwaiter().GetResult());
        });
        thread.Start();
        thread.Join();
        return weak!;
    }

    private static Infrastructure.WireHandle? Handle<TRef>(TRef wire)
        where TRef : struct, IWireRef<TRef> => wire.Handle;
}
