using System.Runtime.CompilerServices;
using Wires.Infrastructure;
using Wires.Remoting;

namespace Wires.Mailboxes;

// How a wire comes to life and leaves.
internal sealed partial class Activation
{
    /// <summary>Brings a new wire to life on its first caller's stack, where that is as good as a turn.</summary>
    /// <returns>Whether it is idle now. If not, its turn has been scheduled.</returns>
    internal bool TryAttachInline(WireThread thread)
    {
        if (Type.NotifiesAttached || Type.Ticks.Length > 0)
        {
            Node.Scheduler.Schedule(this);
            return false;
        }

        Activation? outer = thread.Activation;
        SynchronizationContext? outerSynchronization = Current;
        ExecutionContext? outerContext = ExecutionContext.Capture();
        thread.Activation = this;
        thread.Turns++;
        SetSynchronizationContext(this);
        if (!ReferenceEquals(outerContext, WireThread.DefaultContext))
        {
            ResetContext(WireThread.DefaultContext);
        }

        try
        {
            Wire = Type.Create(Node.Services);
            Node.Attached(this);
        }
        catch (Exception e)
        {
            // The turn that the caller's message brings tells the callers.
            Extras_OnTurn.AttachFailure = e;
        }

        if (!ReferenceEquals(ExecutionContext.Capture(), outerContext))
        {
            ResetContext(outerContext!);
        }

        thread.Activation = outer;
        SetSynchronizationContext(outerSynchronization);
        bool isAlive = Wire is not null;

        // Not scheduled where nothing waits: a turn that found nothing to do would leave, and take the reason of a failure with it.
        if (Interlocked.CompareExchange(ref Head, isAlive ? RestState_OnTurn() : MailboxState.Guarded, null) is null)
        {
            return isAlive;
        }

        Node.Scheduler.Schedule(this);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Attach_OnTurn(WireThread thread)
    {
        thread.Turns++;
        if (_extras?.Arrival is { } arrival)
        {
            _extras.Arrival = null;
            Arrive_OnTurn(arrival);
            return;
        }

        if (Node.IsStopped)
        {
            DiscardAll_OnTurn(Node.StoppedException(), sendsBack: true);
            return;
        }

        try
        {
            if (_extras?.AttachFailure is { } failure)
            {
                _extras.AttachFailure = null;
                throw failure;
            }

            // Its last life may have come from another node.
            SetHome(Node.Name);
            Wire = Type.Create(Node.Services);
            Node.Attached(this);
        }
        catch (Exception e)
        {
            FailAttach_OnTurn(e);
            return;
        }
        finally
        {
            ClearTurn_OnTurn();
        }

        StartTicks_OnTurn();
        NotifyAttached_OnTurn(Node.Cluster is { } cluster && cluster.TakeLost(Handle) ? AttachReason.Lost : AttachReason.Created);
    }

    /// <summary>Tells the wire that it lives here, if it wants to know.</summary>
    internal void NotifyAttached_OnTurn(AttachReason reason)
    {
        if (!Type.NotifiesAttached)
        {
            return;
        }

        Func<object, WireTask> notify = reason switch
        {
            AttachReason.Lost => static wire => ((IAttached)wire).OnAttached(AttachReason.Lost),
            AttachReason.Moved => static wire => ((IAttached)wire).OnAttached(AttachReason.Moved),
            _ => static wire => ((IAttached)wire).OnAttached(AttachReason.Created),
        };
        new NotificationCall(this, "OnAttached", notify, static (a, failure) =>
        {
            if (failure is not null)
            {
                a.FailAttach_OnTurn(failure);
            }
        }).Start_OnTurn(this);
        ClearTurn_OnTurn();
    }

    /// <summary>The wire could not come to life: everybody who waits for it is told, and the next call tries again.</summary>
    private void FailAttach_OnTurn(Exception cause)
    {
        Node.Log.AttachFailed(Id, cause);
        if (Wire is not null)
        {
            Wire = null;
            Node.Detached(this);
        }

        StopTicks_OnTurn();
        DiscardAll_OnTurn(new WireActivationException(
            $"Wire {Id} could not be brought to life on node {Node.Name}: {cause.GetType().Name}: {cause.Message} The next call tries again.", cause));
    }

    /// <param name="reason">What is told to those who wait.</param>
    /// <param name="sendsBack">Whether calls of other nodes go back to those instead, which find another way, or know why there is none.</param>
    private void DiscardAll_OnTurn(Exception reason, bool sendsBack = false)
    {
        Discard(_extras?.TakeAll(), reason, sendsBack);
        WireMessage? taken = _taken;
        _taken = null;
        Discard(taken, reason, sendsBack);
        Discard(Take_OnTurn(mask: 0), reason, sendsBack);
        _backlog = 0;
    }

    private static void Discard(WireMessage? first, Exception reason, bool sendsBack)
    {
        while (first is not null)
        {
            WireMessage? next = first.Next;
            first.Next = null;
            if (!sendsBack || first is not WireCall { Origin: Inbound origin } call || !origin.TrySendBack(call, hint: 0))
            {
                first.Discard(reason);
            }

            first = next;
        }
    }

    /// <summary>Leaves, if nothing has come in the meantime.</summary>
    internal void TryDetach_OnTurn(DetachReason reason)
    {
        if (Wire is null || _extras is { IsBusy: true } || _taken is not null || Volatile.Read(ref Head) is not null)
        {
            return;
        }

        StopTicks_OnTurn();
        if (!Type.NotifiesDetaching)
        {
            FinishDetach_OnTurn();
            return;
        }

        NotifyDetaching_OnTurn(reason, static wire => wire.FinishDetach_OnTurn());
    }

    /// <summary>Tells the wire that it leaves.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="then">What follows, in a turn of it.</param>
    internal void NotifyDetaching_OnTurn(DetachReason reason, Action<Activation> then)
    {
        var call = new NotificationCall(
            this,
            "OnDetaching",
            reason switch
            {
                DetachReason.Idle => static wire => ((IDetaching)wire).OnDetaching(DetachReason.Idle),
                DetachReason.Moving => static wire => ((IDetaching)wire).OnDetaching(DetachReason.Moving),
                _ => static wire => ((IDetaching)wire).OnDetaching(DetachReason.Stopping),
            },
            (a, failure) =>
            {
                if (failure is not null)
                {
                    a.Node.Log.DetachingFailed(a.Id, failure);
                }

                then(a);
            });
        call.Start_OnTurn(this);
        ClearTurn_OnTurn();
    }

    private void FinishDetach_OnTurn()
    {
        object wire = Wire!;
        Wire = null;
        if (!Type.IsDeputy)
        {
            Dispose(wire);
        }

        Node.Detached(this);
    }

    /// <summary>Ends the user's object.</summary>
    internal void Dispose(object? wire)
    {
        try
        {
            switch (wire)
            {
                case IAsyncDisposable disposable:
                    ValueTask task = disposable.DisposeAsync();
                    if (!task.IsCompletedSuccessfully)
                    {
                        _ = LogDisposal(task);
                    }

                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
        catch (Exception e)
        {
            Node.Log.DetachingFailed(Id, e);
        }
    }

    private async Task LogDisposal(ValueTask task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Node.Log.DetachingFailed(Id, e);
        }
    }

    /// <summary>Gives up: the node does not wait for this wire any longer. Its turn may go on unheard; whoever waits is told.</summary>
    internal void Abandon_OnTurn(Exception reason)
    {
        StopTicks_OnTurn();
        DiscardAll_OnTurn(reason);
        if (_extras is { } extras)
        {
            extras.Active = extras.Exclusive = extras.Sealed = extras.Yielding = 0;
        }

        if (Wire is not null)
        {
            FinishDetach_OnTurn();
        }
    }

    /// <summary>Starts the timers of the wire's ticks.</summary>
    /// <param name="first">Until the first tick of each; null for a whole period.</param>
    /// <param name="running">Ticks that are suspended.</param>
    private void StartTicks_OnTurn(TimeSpan[]? first = null, IEnumerable<TickCall>? running = null)
    {
        for (int i = 0; i < Type.Ticks.Length; i++)
        {
            WireTick tick = Type.Ticks[i];
            var ticker = new Ticker(this, tick);
            (Extras_OnTurn.Tickers ??= []).Add(ticker);
            if (running?.FirstOrDefault(call => ReferenceEquals(call.Method, tick.Method)) is { } suspended)
            {
                ticker.Resume(suspended);
            }

            ticker.Start(first?[i] ?? tick.Period);
        }
    }

    internal void StopTicks_OnTurn()
    {
        if (_extras?.Tickers is { } tickers)
        {
            _extras.Tickers = null;
            foreach (Ticker ticker in tickers)
            {
                ticker.Dispose();
            }
        }
    }

    internal void BeginYield_OnTurn() => Extras_OnTurn.Yielding++;

    internal void EndYield_OnTurn()
    {
        ActivationExtras extras = _extras!;
        if (--extras.Yielding == 0)
        {
            extras.Ended = true;
        }
    }
}
