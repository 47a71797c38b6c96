using System.Collections.Concurrent;

namespace Wires.Tests.Migration;

/// <summary>What all listeners of a test have heard.</summary>
public sealed class Hearing
{
    private long _heard;

    public ConcurrentQueue<string> Violations { get; } = new();

    public long Heard => Interlocked.Read(ref _heard);

    public void Hears(string what, int number, int before)
    {
        Interlocked.Increment(ref _heard);
        if (number != before + 1)
        {
            Violations.Enqueue($"{what}: {number} after {before}");
        }
    }
}

/// <summary>Says numbers to many, without waiting for any of them, and goes on by messages to itself.</summary>
[Wire]
public partial class Talker
{
    private ListenerRef[] _listeners = [];
    private int _number;
    private bool _isOver;

    public async WireTask Begin(ListenerRef[] listeners)
    {
        _listeners = listeners;
        await Wire.Self.As<TalkerRef>().Go();
    }

    public void End() => _isOver = true;

    public int Said() => _number;

    [OneWay]
    public async WireTask Go()
    {
        if (_isOver)
        {
            return;
        }

        _number++;
        string name = Wire.Self.Key.ToString();
        ValueTask asked = default;
        foreach (ListenerRef listener in _listeners)
        {
            // Calls that are answered and calls that are not keep their order among each other.
            if (_number % 7 == 0)
            {
                ValueTask next = listener.HearAndAnswer(name, _number, Wire.Node);
                await asked;
                asked = next;
            }
            else
            {
                _ = listener.Hear(name, _number, Wire.Node);
            }
        }

        await asked;
        if (_number % 3 == 0)
        {
            await Wire.Delay(TimeSpan.FromMilliseconds(1));
        }

        await Wire.Self.As<TalkerRef>().Go();
    }
}

/// <summary>Knows what it heard last of each talker.</summary>
[Wire]
public partial class Listener(Hearing hearing) : IAttached
{
    private string _path = "";

    public WireTask OnAttached(AttachReason reason)
    {
        _path = (_path.Length > 8 ? _path[^8..] : _path) + Wire.Node[^1];
        return WireTask.CompletedTask;
    }

    private readonly Dictionary<string, int> _last = [];

    [OneWay]
    public void Hear(string talker, int number, string from)
    {
        hearing.Hears($"{Wire.Self.Key} {_path} on {Wire.Node}, of {talker} on {from}", number, _last.GetValueOrDefault(talker));
        _last[talker] = number;
    }

    public void HearAndAnswer(string talker, int number, string from) => Hear(talker, number, from);
}

/// <summary>Says what it is told to say, and does not wait until it is heard. Names the listener, as a ref would be that of the node where the test got it.</summary>
[Wire]
public partial class Teller(IWires wires)
{
    public async WireTask Tell(string listener, int number) => await wires.Get<ListenerRef>(listener).Hear(Wire.Self.Key.ToString(), number, Wire.Node);

    public async WireTask TellAndWait(string listener, int number) => await wires.Get<ListenerRef>(listener).HearAndAnswer(Wire.Self.Key.ToString(), number, Wire.Node);
}
