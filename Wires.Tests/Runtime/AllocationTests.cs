using Wires.Infrastructure;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>A call in the steady state allocates nothing.</summary>
[Collection(Quiet.Name)]
public sealed class AllocationTests
{
    private const int Calls = 20_000;

    [Fact]
    public async Task AnInlinedAskAllocatesNothing()
    {
        await using TestNode node = TestNode.Create(CallMode.Inlined);
        var wire = node.Get<FrugalRef>();
        await wire.Add(1).Within();
        WireMethod method = TypeOf<FrugalRef>().Methods.Single(static method => method.Name == "Add");
        Run(wire, method, 1_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(wire, method, Calls);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(bytes == 0, $"{bytes} B in {Calls} calls");

        static void Run(FrugalRef wire, WireMethod method, int calls)
        {
            for (int i = 0; i < calls; i++)
            {
                // Whatever the machine does meanwhile, the method counts as short.
                method.Profile.Record(0);
                ValueTask<int> call = wire.Add(1);
                Assert.True(call.IsCompletedSuccessfully, "The call was not inlined.");
                _ = call.Result;
            }
        }
    }

    private static WireType TypeOf<TRef>()
        where TRef : struct, IWireRef<TRef> => TRef.Type;

    [Theory]
    [InlineData(CallMode.Queued, "ask")]
    [InlineData(CallMode.Inlined, "ask")]
    [InlineData(CallMode.Queued, "suspended")]
    [InlineData(CallMode.Inlined, "suspended")]
    [InlineData(CallMode.Queued, "nested")]
    [InlineData(CallMode.Inlined, "nested")]
    [InlineData(CallMode.Queued, "one-way")]
    [InlineData(CallMode.Inlined, "one-way")]
    [InlineData(CallMode.Queued, "outside")]
    public async Task ACallAllocatesNothing(CallMode mode, string kind)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<FrugalRef>();
        var user = node.Get<FrugalUserRef>();
        double least = double.MaxValue;
        // Until the JIT compiler has done its best, which on a busy machine takes its time.
        for (long end = Environment.TickCount64 + 30_000; least >= 1 && Environment.TickCount64 < end;)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            if (kind == "outside")
            {
                for (int i = 0; i < Calls; i++)
                {
                    _ = await wire.Add(1);
                }
            }
            else
            {
                await user.Call(wire, kind, Calls);
            }

            least = Math.Min(least, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }

        Assert.True(least < 1, $"{least:0.00} B per call");
    }
}

[Wire]
public partial class Frugal
{
    private int _sum;

    public int Add(int value) => _sum += value;

    [OneWay]
    public void Tell(int value) => _sum += value;

    public async WireTask<int> AddLater(int value)
    {
        await Wire.Yield();
        return _sum += value;
    }

    public async WireTask<int> AddNested(int value) => await AddLater(value) + await AddLater(value);
}

[Wire]
public partial class FrugalUser
{
    public async WireTask Call(FrugalRef wire, string kind, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            switch (kind)
            {
                case "ask":
                    _ = await wire.Add(1);
                    break;
                case "suspended":
                    _ = await wire.AddLater(1);
                    break;
                case "nested":
                    _ = await wire.AddNested(1);
                    break;
                default:
                    await wire.Tell(1);
                    if (i % 100 == 99)
                    {
                        _ = await wire.Add(1);
                    }

                    break;
            }
        }
    }
}
