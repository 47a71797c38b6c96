using System.Diagnostics;
using Wires.Cluster;
using Wires.Diagnostics;
using Wires.Infrastructure;

namespace Wires.Migration;

/// <summary>One wire's move, on the node that it leaves. From the freeze on, this object owns the wire's turn.</summary>
internal sealed class Departure(Activation wire, Member target, Action<Departure> frozen)
{
    private const int Waiting = 0;
    private const int Frozen = 1;
    private const int Over = 2;

    private readonly TaskCompletionSource<PinReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _closed;
    private int _state;

    /// <summary>The wire is being told, or was told, that it moves.</summary>
    private bool _isNotified;

    /// <summary>It was told to the end, and not yet that it stays.</summary>
    private bool _expectsMove;
    private TimeSpan[] _ticks = [];

    public Activation Wire { get; } = wire;

    public Member Target { get; } = target;

    public WireHandle Handle => Wire.Handle;

    /// <summary>Completes when the move is over: with <see cref="PinKind.None"/> where the wire has moved.</summary>
    public Task<PinReason> Ended => _ended.Task;

    /// <summary>What the wire waits for, as its last turn saw it.</summary>
    public PinReason Pin { get; private set; } = new(PinKind.GreedyTurn, "its present turn has not ended");

    /// <summary>The epoch of the wire at its target.</summary>
    public long NextEpoch => Wire.Life.Epoch + 1;

    /// <summary>When the wire was asked to stop, by <see cref="Environment.TickCount64"/>.</summary>
    public long AskedAt { get; set; }

    /// <summary>When the wire was frozen, by <see cref="Stopwatch"/>.</summary>
    public long FrozenAt { get; private set; }

    /// <summary>The bytes of its image.</summary>
    public long Bytes { get; private set; }

    /// <summary>What is to be done with its suspended methods once it leaves; null for nothing.</summary>
    public Mobility.Stacks.StackPlan? Stack { get; private set; }

    /// <summary>How many wires have gone along in its batch, itself included.</summary>
    public int Company { get; set; } = 1;

    /// <summary>From the freeze until it was known that the target runs the wire.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>Whether the target may hold calls of its own for the wire, behind those that it has sent here.</summary>
    public bool IsCommitting { get; set; }

    /// <summary>It has not come to life yet: there is nothing to take along.</summary>
    public bool IsUnborn { get; private init; }

    /// <summary>The move of a wire that is to come to life at its target. Frozen, if it is not on its way already; the caller owns the wire's first turn.</summary>
    public static Departure? OfUnborn(Activation wire, Member target)
    {
        var departure = new Departure(wire, target, static _ => { }) { _state = Frozen, IsUnborn = true, FrozenAt = Stopwatch.GetTimestamp(), AskedAt = Environment.TickCount64 };
        return Interlocked.CompareExchange(ref wire.Aside.Departure, departure, null) is null ? departure : null;
    }

    /// <summary>A move that does not begin.</summary>
    public static Departure Refused(Activation wire, Member target, PinReason reason)
    {
        var departure = new Departure(wire, target, static _ => { }) { _state = Over };
        departure.Finish(reason);
        return departure;
    }

    /// <summary>Completes when the wire has left, and what had come for it was sent back, or when it goes on here.</summary>
    public Task WhenClosedAsync()
    {
        TaskCompletionSource closed = _closed ?? Interlocked.CompareExchange(ref _closed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null) ?? _closed!;
        if (Volatile.Read(ref _state) == Over)
        {
            closed.TrySetResult();
        }

        return closed.Task;
    }

    /// <summary>Asks the wire to stop at the next boundary of its turns.</summary>
    public void Begin()
    {
        if (Interlocked.CompareExchange(ref Wire.Aside.Departure, this, null) is not null)
        {
            Finish(new PinReason(PinKind.Moving, "it is on its way already"));
            return;
        }

        // So that a turn comes and finds the departure.
        if (Wire.Post(new LifeRequest(static _ => { }), bounded: false) == PostResult.Closed)
        {
            WireEnded();
        }
        else
        {
            Wire.TryTakeWaitingTurn();
        }
    }

    /// <summary>Gives up waiting for the boundary.</summary>
    /// <returns>False if the wire is frozen by now, or the move is over.</returns>
    public bool TryCancel(PinReason reason)
    {
        if (Interlocked.CompareExchange(ref _state, Over, Waiting) != Waiting)
        {
            return false;
        }

        // Of this wire another one may be under way.
        if (Interlocked.CompareExchange(ref Wire.Aside.Departure, null, this) == this)
        {
            Wire.Post(new LifeRequest(_ => Stay_OnTurn()), bounded: false);
        }

        Finish(reason);
        return true;
    }

    /// <summary>The wire has ended before it could move.</summary>
    public void WireEnded() => TryCancel(new PinReason(PinKind.NotHere, $"it is not alive on node {Wire.Node.Name}"));

    /// <summary>Between two turns: takes the turn over, if nothing of the wire is under way.</summary>
    public bool TryFreeze_OnTurn(Activation wire)
    {
        if (Volatile.Read(ref _state) != Waiting)
        {
            return false;
        }

        if (wire.Wire is null || wire.Life.IsOver)
        {
            // Coming to life, or ending.
            return false;
        }

        Pin = wire.GetPin_OnTurn();
        if (Pin.Kind != PinKind.None)
        {
            return false;
        }

        if (wire.Type.NotifiesDetaching && !_isNotified)
        {
            _isNotified = true;
            wire.NotifyDetaching_OnTurn(DetachReason.Moving, _ =>
            {
                _expectsMove = true;
                TellThatItStays_OnTurn();
            });
            return TryFreeze_OnTurn(wire);
        }

        if (Interlocked.CompareExchange(ref _state, Frozen, Waiting) != Waiting)
        {
            return false;
        }

        FrozenAt = Stopwatch.GetTimestamp();
        _ticks = wire.RemainingTicks_OnTurn();
        frozen(this);
        return true;
    }

    /// <summary>Writes the image. Frozen.</summary>
    /// <exception cref="Exception">The state cannot be written.</exception>
    public ImageBuffer Write()
    {
        var image = new ImageBuffer();
        Stack = WireImage.Write(image, Wire, NextEpoch, _ticks, IsUnborn);
        Bytes = image.Length;
        return image;
    }

    /// <summary>The wire goes on here. Frozen.</summary>
    /// <param name="reason">Why it has not moved.</param>
    /// <param name="epoch">Its epoch from now on; 0 for the one that it has.</param>
    public void Resume(PinReason reason, long epoch = 0)
    {
        if (epoch != 0)
        {
            Wire.Life = Wire.Life.WithEpoch(epoch);
        }

        Wire.Aside.Departure = null;
        Close();
        if (_expectsMove || Wire.Streams_OnTurn.Count > 0)
        {
            Wire.PutFirst_OnTurn(_ => Stay_OnTurn());
        }

        Wire.Node.Scheduler.Schedule(Wire);
        Finish(reason);
    }

    /// <summary>The wire has left. Its move is over when the target runs it.</summary>
    public void Close()
    {
        Interlocked.Exchange(ref _state, Over);
        Volatile.Read(ref _closed)?.TrySetResult();
    }

    /// <summary>The target runs the wire.</summary>
    public void Arrived()
    {
        Pause = Stopwatch.GetElapsedTime(FrozenAt);
        Telemetry.Migrated(Wire.Type, Pause);
        Finish(PinReason.None);
    }

    private void Stay_OnTurn()
    {
        TellThatItStays_OnTurn();
        Wire.GoOnWithStreams_OnTurn();
    }

    /// <summary>Given up after the wire was told that it moves.</summary>
    private void TellThatItStays_OnTurn()
    {
        if (_expectsMove && Volatile.Read(ref _state) == Over)
        {
            _expectsMove = false;
            Wire.NotifyAttached_OnTurn(AttachReason.Moved);
        }
    }

    private void Finish(PinReason reason) => _ended.TrySetResult(reason);
}
