using System.Diagnostics;
using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>The measured synchronous run time of a method, from which follows whether calls may run on their caller's stack.</summary>
/// <remarks>Written by any thread without synchronisation: a lost sample does no harm.</remarks>
internal sealed class MethodProfile(WireMethod method)
{
    /// <summary>A turn is timed where these bits of its number are zero. Numbers jump after each of them (<see cref="WireThread.JumpTurns"/>), so that it is one in <see cref="SampleEvery"/>.</summary>
    public const uint SampleMask = 255;

    /// <summary>One turn in so many is timed, in the mean.</summary>
    public const int SampleEvery = 128;

    private const int SamplesNeeded = 4;

    // An inlined ask delays nobody but its caller, who waits anyway; a hop to an idle thread costs about as much.
    private static readonly long s_askLimit = Stopwatch.Frequency * 5 / 1_000_000;

    // A one-way caller does not wait for the method, so it must not pay more than queueing would cost it.
    private static readonly long s_oneWayLimit = Stopwatch.Frequency * 3 / 10_000_000;

    private int _samples;
    private long _average;

    /// <summary>The moving average, in <see cref="Stopwatch"/> ticks.</summary>
    public long Average => _average;

    /// <summary>Whether a call of a method that may not run inline should be timed: more often, as it may have become short.</summary>
    public bool WantsSample(uint turns) => _samples < SamplesNeeded || (turns & 7) == 0;

    /// <summary>Takes a sample in.</summary>
    public void Record(long ticks)
    {
        long limit = (method.Flags & WireMethodFlags.OneWay) != 0 ? s_oneWayLimit : s_askLimit;

        // The first run is mostly the JIT compiler; later outliers are mostly the machine's: neither may close the fast path for long.
        if (_samples == 0)
        {
            _samples = 1;
            _average = Math.Min(ticks, limit);
            return;
        }

        _average += (Math.Min(ticks, 4 * limit) - _average) / 8;
        _samples = Math.Min(_samples + 1, SamplesNeeded);
        method.MayRunInline = _samples == SamplesNeeded && _average <= limit && (method.Flags & (WireMethodFlags.Stream | WireMethodFlags.Tick)) == 0;
    }

    /// <summary>The watchdog caught a turn of this method past its limit: no more inlining until samples say otherwise.</summary>
    public void Demote()
    {
        method.MayRunInline = false;
        _average = s_askLimit * 4;
    }
}
