using System.Diagnostics;
using System.Runtime.CompilerServices;
using Wires.Infrastructure;

namespace Wires.Mailboxes;

// Which calls may start, which are active, and on whose behalf code runs.
internal sealed partial class Activation
{
    /// <summary>The call that the current turn works for; null for none. Makes one for an inlined turn that somebody else now has to know of.</summary>
    internal WireCall? GetCurrentCall_OnTurn() => _current ?? (InlinedMethod is null ? null : MaterializeInlinedCall());

    /// <summary>The call that the current turn works for, if it is an object already.</summary>
    internal WireCall? CurrentCall_OnTurn => _current;

    private InlinedCall MaterializeInlinedCall()
    {
        InlinedCall call = InlinedCall.Rent(InlinedMethod!);
        call.Target = this;
        if ((call.Method.Flags & WireMethodFlags.OneWay) != 0)
        {
            // A chain of its own: nobody waits for it.
        }
        else if (InlinedFrom?.GetCurrentCall_OnTurn() is { } parent)
        {
            call.Parent = parent;
            call.Caller = InlinedFrom;
            call.Deadline = Math.Min(parent.Deadline, Node.DeadlineFor(Handle));
            parent.Children++;
        }
        else
        {
            call.Deadline = Node.DeadlineFor(Handle);
        }

        _current = call;
        return call;
    }

    /// <summary>The ref by which the inlined turn was called has a deadline of its own.</summary>
    internal void SetInlinedTimeout_OnTurn(WireHandle handle)
    {
        WireCall call = GetCurrentCall_OnTurn()!;
        call.Handle = handle;
        if ((call.Method.Flags & WireMethodFlags.OneWay) == 0)
        {
            call.Deadline = Math.Min(call.Parent?.Deadline ?? long.MaxValue, Node.DeadlineFor(handle));
        }
    }

    /// <summary>Whether a call that has just come may start, or has to wait for active ones.</summary>
    internal bool Admits_OnTurn(WireCall call)
    {
        ActivationExtras? extras = _extras;
        if (extras is null || !extras.IsBusy)
        {
            return true;
        }

        if (MayStart_OnTurn(call, isFirst: extras.DeferredCount == 0, seen: null))
        {
            return true;
        }

        extras.Defer(call, Type);
        return false;
    }

    /// <summary>The admission rule of the semantics table.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isFirst">Whether no other call waits before it.</param>
    /// <param name="seen">The callers of the calls that wait before it, where a search knows them.</param>
    internal bool MayStart_OnTurn(WireCall call, bool isFirst, HashSet<object>? seen)
    {
        ActivationExtras extras = _extras!;
        if (extras.Yielding > 0)
        {
            return false;
        }

        if (extras.Active == 0)
        {
            return isFirst;
        }

        if (IsLetIn(call))
        {
            // Before calls of its own caller that wait: they wait for the very call that waits for this one.
            return true;
        }

        if (extras.Sealed > 0)
        {
            return false;
        }

        if ((call.Method.Flags & WireMethodFlags.Interleave) != 0)
        {
            return isFirst || !extras.HasDeferredFrom(call.Caller, seen);
        }

        return extras.Exclusive == 0 && isFirst;
    }

    /// <summary>Whether a suspended call of this wire is an ancestor of <paramref name="call"/>. Exact on turn; a good guess elsewhere.</summary>
    internal bool IsLetIn(WireCall call)
    {
        long[]? elsewhere = call.Chain;
        for (WireCall? ancestor = call.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ReferenceEquals(ancestor.Target, this) && ancestor.IsSuspended)
            {
                return true;
            }

            // The wire may have left with it, and come back with another object for it.
            if (ancestor.ChainNumber is not 0 and var number && CallChains.LeadsThrough(number, this))
            {
                return true;
            }

            elsewhere ??= ancestor.Chain;
        }

        // The chain came in from another node, and may have been here before that.
        return elsewhere is not null && CallChains.LeadsThrough(elsewhere, this);
    }

    /// <summary>Prepares the thread for code of <paramref name="call"/>: a first turn or a later one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Enter_OnTurn(WireCall? call)
    {
        _current = call;
        if (call is null)
        {
            return;
        }

        if (call.TraceParent is not null || (_extras is { Active: > 0 } && !ReferenceEquals(_extras.Primary, call)))
        {
            EnterSlow(call);
        }
    }

    private void EnterSlow(WireCall call)
    {
        if (call.TraceParent is not null)
        {
            Activity.Current = call.TraceParent;
        }

        if (_extras is { Active: > 0 } extras && !ReferenceEquals(extras.Primary, call))
        {
            _flags |= ActivationFlags.ForeignContext;
            SetSynchronizationContext(call.Context ??= new CallContext(this, call));
        }
    }

    /// <summary>The current call's method has not completed: it stays active while other turns run.</summary>
    internal void Suspend_OnTurn(WireCall call)
    {
        ActivationExtras extras = Extras_OnTurn;
        if (extras.Active++ == 0)
        {
            extras.Primary = call;
        }

        call.IsSuspended = true;
        if (call.IsSealed)
        {
            extras.Sealed++;
        }

        if ((call.Method.Flags & WireMethodFlags.Interleave) == 0)
        {
            extras.Exclusive++;
        }
    }

    /// <summary>A call's method has completed.</summary>
    internal void End_OnTurn(WireCall call)
    {
        if (!call.IsSuspended)
        {
            return;
        }

        call.IsSuspended = false;
        ActivationExtras extras = _extras!;
        extras.Active--;
        bool unsealed = call.IsSealed && --extras.Sealed == 0;

        if ((call.Method.Flags & WireMethodFlags.Interleave) == 0)
        {
            extras.Exclusive--;
        }

        if (ReferenceEquals(extras.Primary, call))
        {
            extras.Primary = null;
        }

        // Nothing else changes what may start.
        extras.Ended |= unsealed || extras.Exclusive == 0;
    }

    /// <summary>Starts the calls that an ended one has kept waiting.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Serve_OnTurn(WireThread thread, ActivationExtras extras)
    {
        extras.Ended = false;
        if (Wire is null)
        {
            // They came while the wire was leaving.
            Attach_OnTurn(thread);
        }

        while (extras.FirstDeferred is { } first && MayStart_OnTurn(first, isFirst: true, seen: null))
        {
            Run_OnTurn(extras.TakeFirst(), thread);
        }

        // What starts from here on can only make less startable: one pass is enough.
        if (extras.HasOvertakers)
        {
            foreach (WireCall call in extras.TakeOvertakers(this))
            {
                Run_OnTurn(call, thread);
            }
        }
    }

    private void Run_OnTurn(WireCall call, WireThread thread)
    {
        thread.Turns++;
        call.Start_OnTurn(this);
        ClearTurn_OnTurn();
    }

    /// <summary>Continuations of foreign tasks, whoever completes them, come back as turns.</summary>
    public override void Post(SendOrPostCallback d, object? state) => PostContinuation(d, state, call: null, primary: true);

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException($"SynchronizationContext.Send would block a thread on wire {Id}. Use Post, or call the wire through its ref.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    internal void PostContinuation(SendOrPostCallback callback, object? state, WireCall? call, bool primary)
    {
        if (Post(new Continuation(callback, state, call, primary), bounded: false) == PostResult.Closed)
        {
            if (AsideOrNull?.Deputies is not null)
            {
                // The wire has moved, and the frame that this would continue with it: it tells its deputy.
                callback(state);
                return;
            }

            Node.Log.ContinuationDropped(Id);
        }
    }

    internal WireCall? PrimaryCall_OnTurn => _extras?.Primary;
}
