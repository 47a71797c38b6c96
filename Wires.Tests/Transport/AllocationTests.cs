using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;

namespace Wires.Tests.Transport;

/// <summary>A frame in the steady state allocates nothing, at either end.</summary>
[Collection(Quiet.Name)]
public sealed class AllocationTests
{
    private const int Frames = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task AFrameThereAndBackAllocatesNothing(int inFlight)
    {
        var through = new SemaphoreSlim(0);
        int left = 0;
        byte[] frame = new byte[64];
        frame[0] = 0x10;
        await using TestEnd server = await TestEnd.StartAsync("server", answer: Recorder.Echo);
        await using TestEnd client = await TestEnd.StartAsync("client", answer: (connection, _) =>
        {
            int now = --left;
            if (now >= inFlight)
            {
                connection.Send(frame);
            }
            else if (now == 0)
            {
                through.Release();
            }
        });
        Connection connection = await client.ConnectAsync(server);
        double least = double.MaxValue;
        for (long end = Environment.TickCount64 + 30_000; least >= 1 && Environment.TickCount64 < end;)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            left = Frames;
            for (int i = 0; i < inFlight; i++)
            {
                connection.Send(frame);
            }

            Assert.True(await through.WaitAsync(Waits.Patience, TestContext.Current.CancellationToken));
            least = Math.Min(least, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Frames);
        }

        Assert.True(least < 1, $"{least:0.00} B per frame");
    }
}
