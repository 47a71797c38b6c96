using Wires.Tests.Cluster;

namespace Wires.Tests.Migration;

/// <summary>What the tests of moves call and move.</summary>
[Wire]
public partial class Mover(LifeLog log) : IAttached, IDetaching
{
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<int> _noted = [];
    private readonly List<AttachReason> _attached = [];
    private readonly List<DetachReason> _detaching = [];
    private byte[] _ballast = [];
    private int _sum;

    public WireTask OnAttached(AttachReason reason)
    {
        log.Begin(Wire.Self.Key.ToString(), Wire.Self.Epoch, Wire.Node, reason);
        _attached.Add(reason);
        return WireTask.CompletedTask;
    }

    public WireTask OnDetaching(DetachReason reason)
    {
        _detaching.Add(reason);
        return WireTask.CompletedTask;
    }

    public string Where() => Wire.Node;

    public long Epoch() => Wire.Self.Epoch;

    public int Add(int amount) => _sum += amount;

    public int Count(long call)
    {
        log.Turn(Wire.Self.Key.ToString(), Wire.Self.Epoch, Wire.Node, call);
        return ++_sum;
    }

    public int CountFor(string caller)
    {
        int count = _counts.GetValueOrDefault(caller) + 1;
        _counts[caller] = count;
        return count;
    }

    /// <summary>Notes how far a caller is.</summary>
    /// <returns>How far it was before.</returns>
    public int Follow(string caller, int number, long call)
    {
        log.Turn(Wire.Self.Key.ToString(), Wire.Self.Epoch, Wire.Node, call);
        int before = _counts.GetValueOrDefault(caller);
        _counts[caller] = number;
        return before;
    }

    [OneWay]
    public void Note(int number) => _noted.Add(number);

    public int[] Noted() => [.. _noted];

    public AttachReason[] Attached() => [.. _attached];

    public DetachReason[] Detaching() => [.. _detaching];

    public void Load(int bytes, int seed)
    {
        _ballast = new byte[bytes];
        new Random(seed).NextBytes(_ballast);
    }

    public int Check() => _ballast.Aggregate(17, static (hash, value) => unchecked((hash * 31) + value));

    /// <summary>Stays until it has ended: the frames of a <see cref="Task"/> are not the runtime's.</summary>
    public async Task<string> Dawdle(int milliseconds)
    {
        await Task.Delay(milliseconds);
        return Wire.Node;
    }

    public async IAsyncEnumerable<int> Stream(int to)
    {
        for (int i = 0; i < to; i++)
        {
            await Wire.Yield();
            yield return i;
        }
    }
}

/// <summary>Takes its time before it leaves.</summary>
[Wire]
public partial class Lingerer : IAttached, IDetaching
{
    private readonly List<string> _told = [];

    public WireTask OnAttached(AttachReason reason)
    {
        _told.Add(reason.ToString());
        return WireTask.CompletedTask;
    }

    public async WireTask OnDetaching(DetachReason reason)
    {
        _told.Add(reason.ToString());
        await Wire.Delay(TimeSpan.FromMilliseconds(600));
    }

    [Interleave]
    public string[] Told() => [.. _told];
}

/// <summary>Wants to know when it leaves, and not when it comes.</summary>
[Wire]
public partial class Leaver : IDetaching
{
    private byte[] _ballast = [];
    private int _told;

    public WireTask OnDetaching(DetachReason reason)
    {
        _told++;
        return WireTask.CompletedTask;
    }

    public int Load(int bytes) => (_ballast = new byte[bytes]).Length;

    public (int Told, int Bytes) State() => (_told, _ballast.Length);
}

public sealed class Leaf
{
    public Leaf? Next { get; set; }

    public int Value { get; set; }
}

/// <summary>A wire whose state is a graph of objects.</summary>
[Wire]
public partial class Graph
{
    private readonly Dictionary<string, Leaf> _byName = new(StringComparer.OrdinalIgnoreCase);
    private Leaf? _first;

    public void Build()
    {
        _first = new Leaf { Value = 1 };
        _first.Next = new Leaf { Value = 2, Next = _first };
        _byName["Second"] = _first.Next;
    }

    /// <summary>Whether what was one object is one.</summary>
    public bool IsWhole() => _first is { Next: { } second } && ReferenceEquals(second.Next, _first) && ReferenceEquals(_byName["SECOND"], second);
}

/// <summary>A wire that counts its ticks.</summary>
[Wire]
public partial class Clockwork
{
    private int _ticks;

    public int Ticks() => _ticks;

    [Every("00:00:00.200")]
    private void Tick() => _ticks++;
}
