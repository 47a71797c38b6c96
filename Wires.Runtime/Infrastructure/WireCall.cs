using System.ComponentModel;
using System.Diagnostics;
using Wires.Serialization;

namespace Wires.Infrastructure;

/// <summary>A message that runs a method of a wire. While it does, it stands for that run: in the call chain, and in the wire's list of active calls.</summary>
/// <remarks>
/// An object goes from hand to hand: the caller fills it, the target's mailbox queues it, the target runs it, and with the answer in it it comes back
/// to the caller, who returns it to the pool. Only its holder touches it, so it needs no interlocked code; the exceptions are callers that are no wires.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WireCall : WireMessage
{
    private protected WireCall(WireMethod method) => Method = method;

    /// <summary>What it calls.</summary>
    internal WireMethod Method { get; private protected set; }

    /// <summary>Which wire is called.</summary>
    internal WireHandle? Handle;

    /// <summary>The wire that runs the call; null until it has started.</summary>
    internal Activation? Target;

    /// <summary>The wire that made the call; null for callers outside.</summary>
    internal Activation? Caller;

    /// <summary>The call that made this one.</summary>
    internal WireCall? Parent;

    /// <summary>
    /// Calls and frames that still point here. Changed in turns of <see cref="Target"/> only. A call that ends with some left is not pooled, nor are the calls
    /// above it, so that a chain never leads through an object that has become another call.
    /// </summary>
    internal int Children;

    /// <summary>By <see cref="Environment.TickCount64"/>; <see cref="long.MaxValue"/> for none.</summary>
    internal long Deadline = long.MaxValue;

    /// <summary>What the caller was tracing: all that flows of its context.</summary>
    internal Activity? TraceParent;

    /// <summary>The span of this call, where somebody traces.</summary>
    internal Activity? Span;

    /// <summary>Set where the call runs beside others.</summary>
    internal CallContext? Context;

    /// <summary>Its method waits at an <c>await</c>.</summary>
    internal bool IsSuspended;

    /// <summary>While it waits: whether it might start before an earlier one.</summary>
    internal bool MayOvertake;

    /// <summary>Somebody may still point here: not for the pool.</summary>
    internal bool IsRetained;

    /// <summary>When it was sent, where somebody measures; 0 otherwise. In <see cref="Stopwatch"/> ticks.</summary>
    internal long SentAt;

    /// <summary>The calls on other nodes that this one comes from, nearest first, by <see cref="CallChains"/>; null for none.</summary>
    internal long[]? Chain;

    /// <summary>What other nodes know this call by; 0 until one has to.</summary>
    internal long ChainNumber;

    /// <summary>Where this call came in from; null for calls made on this node.</summary>
    internal CallOrigin? Origin;

    /// <summary>The caller's number for this call, where it came from another node.</summary>
    internal long OriginNumber;

    /// <summary>The number of the wire on the connection that the call came by.</summary>
    internal int OriginAlias;

    /// <summary>The caller's token.</summary>
    protected internal CancellationToken Cancellation { get; internal set; }

    /// <summary>A tick or notification: while it is suspended, only its own chain is let in.</summary>
    internal virtual bool IsSealed => false;

    /// <summary>Calls the method, and tells how it went by one of the <c>Return</c> methods.</summary>
    /// <param name="wire">The user's object.</param>
    protected abstract void Invoke(object wire);

    /// <summary>Drops the references that argument fields hold, so that a pooled message keeps nothing alive.</summary>
    protected virtual void Clear()
    {
    }

    /// <summary>Writes the arguments, one after another.</summary>
    protected virtual void WriteArguments(ref WireWriter writer)
    {
    }

    /// <summary>Reads the arguments, one after another.</summary>
    protected virtual void ReadArguments(ref WireReader reader)
    {
    }

    // Generated overrides are `protected`, also in assemblies that see internals: these are the runtime's own doors to them.
    internal void EncodeArguments(ref WireWriter writer) => WriteArguments(ref writer);

    internal void DecodeArguments(ref WireReader reader) => ReadArguments(ref reader);

    internal override void Process_OnTurn(Activation wire)
    {
        if (wire.Admits_OnTurn(this))
        {
            Start_OnTurn(wire);
        }
    }

    /// <summary>Runs the first turn of the call.</summary>
    internal void Start_OnTurn(Activation wire)
    {
        Target = wire;
        if (!MayStart(wire))
        {
            return;
        }

        wire.Enter_OnTurn(this);
        WireThread thread = WireThread.Current;
        uint turns = thread.Turns;
        bool isTimed = Method.MayRunInline ? (turns & MethodProfile.SampleMask) == 0 : Method.Profile.WantsSample(turns);
        long started = isTimed ? Stopwatch.GetTimestamp() : 0;
        try
        {
            Invoke(wire.Wire!);
        }
        catch (Exception e)
        {
            Fail_OnTurn(e);
        }

        if (started != 0)
        {
            Method.Profile.Record(Stopwatch.GetTimestamp() - started);
        }
    }

    /// <summary>The last moment not to run a call that nobody waits for any more.</summary>
    private protected abstract bool MayStart(Activation wire);

    /// <summary>The method threw; the holder is the target.</summary>
    internal abstract void Fail_OnTurn(Exception exception);

    /// <summary>The awaited task of the method is done.</summary>
    internal virtual void Resume_OnTurn()
    {
    }

    /// <summary>The method has not completed; a frame or a foreign task will.</summary>
    private protected void Suspend_OnTurn() => Target!.Suspend_OnTurn(this);

    /// <summary>Forgets everything but what the next use needs, and goes back to the pool unless somebody still points here.</summary>
    internal void Recycle()
    {
        WireCall? parent = Parent;
        if (ChainNumber != 0)
        {
            CallChains.Forget(this);
        }

        if (IsRetained || Children != 0)
        {
            // Parent.Children stays up: so the parent will not be pooled either.
            return;
        }

        if (parent is not null)
        {
            parent.Children--;
            Parent = null;
        }

        Handle = null;
        Target = null;
        Caller = null;
        if (Origin is not null)
        {
            Origin = null;
        }

        Deadline = long.MaxValue;
        SentAt = 0;
        if (TraceParent is not null)
        {
            TraceParent = null;
        }

        if (Context is not null)
        {
            Context.End();
            Context = null;
        }

        if (Chain is not null)
        {
            Chain = null;
        }

        if (Cancellation.CanBeCanceled)
        {
            Cancellation = default;
        }

        Clear();
        ReturnToPool();
    }

    private protected virtual void ReturnToPool() => Method.Return(this);
}
