using Wires.Infrastructure;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>What the registry of calls makes of an object that it looks at now and then, while others use it.</summary>
public sealed class AskRegistryTests
{
    private const int MostScans = 10;

    [Fact]
    public async Task ABusyCallIsNotForgottenThoughEachScanFindsItCompleted()
    {
        await using TestNode node = TestNode.Create(CallMode.Queued);
        WireHandle handle = Handle(node.Get<PooledRef>("echo"));
        Pooled.__Wire.Echo_0 call = Unseen();
        for (int i = 0; i < MostScans; i++)
        {
            ValueTask<int> answer = Send(call, handle);
            await Waits.Until(() => !call.IsPending, "the call to complete");
            Assert.True(call.Sweep(), $"forgotten in use {i}");
            _ = Take(answer);

            // This thread's own pool gave it back: the next use is the same object's.
            Assert.Same(call, Pooled.__Wire.Echo_0.Rent(0));
        }
    }

    [Fact]
    public async Task ACallThatIsTakenJustBeforeItIsForgottenIsNotUsedAgain()
    {
        await using TestNode node = TestNode.Create(CallMode.Queued);
        WireHandle handle = Handle(node.Get<PooledRef>("echo"));
        Pooled.__Wire.Echo_0 call = Unseen();
        ValueTask<int> answer = Send(call, handle);
        await Waits.Until(() => !call.IsPending, "the call to complete");

        // The last look before it would be forgotten.
        Assert.True(call.Sweep());
        Assert.True(call.Sweep());
        Assert.Equal(0, Take(answer));
        Assert.NotSame(call, Pooled.__Wire.Echo_0.Rent(0));
        Assert.False(call.Sweep());
    }

    /// <summary>An object that no sweep but the test's own sees.</summary>
    private static Pooled.__Wire.Echo_0 Unseen()
    {
        var call = (Pooled.__Wire.Echo_0)Pooled.__Wire.Echo_0.Method.Create();
        call.IsRegistered = true;
        return call;
    }

    private static ValueTask<int> Send(Pooled.__Wire.Echo_0 call, WireHandle handle) => call.Send(handle);

    /// <summary>On this thread, whose pool gets the object.</summary>
    private static int Take(ValueTask<int> answer) => answer.GetAwaiter().GetResult();

    private static WireHandle Handle(IWireRef<PooledRef> wire) => wire.Handle!;
}
