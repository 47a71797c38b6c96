using System.Runtime.CompilerServices;

namespace Wires.Tests.Cluster;

public sealed class Basket
{
    public string Owner { get; set; } = "";

    public List<int> Items { get; set; } = [];
}

/// <summary>What the tests of calls between nodes call.</summary>
[Wire]
public partial class Remote : IAttached
{
    private readonly List<int> _seen = [];
    private readonly List<bool> _tokens = [];
    private AttachReason _attached;
    private int _sum;

    public WireTask OnAttached(AttachReason reason)
    {
        _attached = reason;
        return WireTask.CompletedTask;
    }

    public string Where() => Wire.Node;

    public AttachReason Attached() => _attached;

    public long Epoch() => Wire.Self.Epoch;

    public int Add(int amount) => _sum += amount;

    public int Sum() => _sum;

    public Basket Put(Basket basket, int item)
    {
        basket.Items.Add(item);
        return basket;
    }

    public byte[] Echo(byte[] bytes) => bytes;

    [OneWay]
    public void Note(int number) => _seen.Add(number);

    [OneWay]
    public void NoteUnlessCancelled(int number, CancellationToken cancellation)
    {
        _tokens.Add(cancellation.CanBeCanceled);
        Note(number);
    }

    public bool[] Tokens() => [.. _tokens];

    public int[] Noted() => [.. _seen];

    public int Fail(string parameter) => throw new ArgumentOutOfRangeException(parameter, "wrong");

    public async WireTask<int> FailLater()
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(1));
        throw new InvalidDataException("nobody knows this class");
    }

    public async WireTask<string> Wait(CancellationToken cancellation)
    {
        await Wire.Delay(Timeout.InfiniteTimeSpan, cancellation);
        return "never";
    }

    public async WireTask<int> Round(RemoteRef[] others, int depth)
    {
        // Comes back to this wire round its own chain at the last step.
        if (depth == 0)
        {
            return 1;
        }

        return 1 + await others[depth % others.Length].Round(others, depth - 1);
    }

    public async WireTask<int> AskTwice(RemoteRef other) => await other.Add(1) + await other.Add(1);

    public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (int i = 0; i < to; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (i % 100 == 99)
            {
                await Wire.Delay(TimeSpan.FromMilliseconds(1), cancellation);
            }

            yield return i;
        }
    }

    public async IAsyncEnumerable<int> Broken()
    {
        yield return 1;
        await Wire.Yield();
        throw new FormatException("the stream broke");
    }
}
