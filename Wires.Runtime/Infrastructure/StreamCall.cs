using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Wires.Infrastructure;

/// <summary>A call whose result is a stream. The producer runs ahead of its consumer by as many items as it has credit for.</summary>
/// <remarks>
/// The object is the message that opens the stream and then each message that lets it go on: queued like any call, so that a stream and other calls of the wire take
/// turns as two calls do. While its method waits at a <c>yield</c> for credit, the wire is free; while it waits at an <c>await</c>, it is suspended in this call.
/// </remarks>
/// <typeparam name="T">The type of the items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class StreamCall<T> : WireCall
{
    private const int Running = 0;
    private const int Parked = 1;

    private IAsyncEnumerator<T>? _producer;
    private ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _pending;
    private bool _isPending;

    /// <summary>So many more items may be made; of the consumer's end, as far as it knows. Less than none where it is not told yet of items that were made.</summary>
    private int _credit;
    private int _state;
    private volatile bool _isClosed;

    /// <summary>Makes an empty message of a method.</summary>
    protected StreamCall(WireMethod<T> method)
        : base(method)
    {
    }

    /// <summary>Makes the stream; its method starts with the first item that is asked for.</summary>
    /// <param name="target">The wire.</param>
    /// <param name="cancellation">Ends the stream.</param>
    /// <returns>To be enumerated once.</returns>
    public IAsyncEnumerable<T> Send(WireHandle? target, CancellationToken cancellation = default)
    {
        Handle = WireHandle.Require(target);
        return new WireStream<T>(this, cancellation);
    }

    /// <summary>Calls the method.</summary>
    protected abstract IAsyncEnumerable<T> Open(object wire);

    /// <summary>Sends the opening message; the consumer's side.</summary>
    internal void Start(int credit, CancellationToken cancellation)
    {
        WireHandle handle = Handle!;
        Activation? caller = WireThread.Current.Activation;
        if (caller is not null && ReferenceEquals(caller.Node, handle.Node))
        {
            Caller = caller;
            if (caller.GetCurrentCall_OnTurn() is { } parent)
            {
                // A stream may outlive the call that opened it, which is then not pooled.
                Parent = parent;
                parent.Children++;
            }
        }
        else if (handle.Node.IsStopping)
        {
            throw handle.Node.StoppedException();
        }

        IsRetained = true;
        Cancellation = cancellation;
        _credit = credit;
        if (handle.Post(this, bounded: true) == PostResult.Full)
        {
            throw Faults.Overloaded(handle, Method);
        }
    }

    private void Unpark()
    {
        if (!_hasMoved && Interlocked.CompareExchange(ref _state, Running, Parked) == Parked && Target!.Post(this, bounded: false) == PostResult.Closed && !_hasMoved)
        {
            Discard(new WireException($"Wire {Handle!.Id} has left while {Method.Signature} was streaming."));
        }
    }

    private protected override bool MayStart(Activation wire) => true;

    /// <inheritdoc/>
    protected sealed override void Invoke(object wire)
    {
        if (_producer is null)
        {
            if (_isClosed)
            {
                Complete(null);
                return;
            }

            _producer = Open(wire).GetAsyncEnumerator(Cancellation);
            (Target!.Extras_OnTurn.Streams ??= []).Add(this);
        }

        Pump_OnTurn();
    }

    private void Pump_OnTurn()
    {
        try
        {
            while (!_isClosed)
            {
                if (Volatile.Read(ref _credit) <= 0 || IsToStandStill_OnTurn)
                {
                    if (Park_OnTurn())
                    {
                        return;
                    }

                    continue;
                }

#pragma warning disable CA2012 // Consumed once, now or in Resume_OnTurn.
                ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter next = _producer!.MoveNextAsync().ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
                if (!next.IsCompleted)
                {
                    Wait_OnTurn(next);
                    return;
                }

                if (!Deliver_OnTurn(next.GetResult()))
                {
                    return;
                }
            }

            Finish_OnTurn(null);
        }
        catch (Exception e)
        {
            Finish_OnTurn(e);
        }
    }

    private bool Deliver_OnTurn(bool hasItem)
    {
        if (!hasItem)
        {
            Finish_OnTurn(null);
            return false;
        }

        Put(_producer!.Current, isOwn: false);
        return true;
    }

    /// <summary>Waits for credit with the wire free for others.</summary>
    private bool Park_OnTurn()
    {
        Target!.End_OnTurn(this);
        Volatile.Write(ref _state, Parked);

        // The consumer adds first and looks at the state then: one of the two sees the other.
        Interlocked.MemoryBarrier();
        return ((Volatile.Read(ref _credit) <= 0 || IsToStandStill_OnTurn) && !_isClosed) || Interlocked.CompareExchange(ref _state, Running, Parked) != Parked;
    }

    private void Wait_OnTurn(ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter next)
    {
        _pending = next;
        _isPending = true;
        if (!IsSuspended)
        {
            Suspend_OnTurn();
        }

        Activation target = Target!;
        next.UnsafeOnCompleted(() => target.PostContinuation(static call => ((StreamCall<T>)call!).Resume_OnTurn(), this, this, primary: false));
    }

    internal override void Resume_OnTurn()
    {
        _isPending = false;
        try
        {
            if (Deliver_OnTurn(_pending.GetResult()))
            {
                Pump_OnTurn();
            }
        }
        catch (Exception e)
        {
            Finish_OnTurn(e);
        }
    }

    internal override void Fail_OnTurn(Exception exception) => Finish_OnTurn(exception);

    private void Finish_OnTurn(Exception? failure)
    {
        Target!.End_OnTurn(this);
        IAsyncEnumerator<T>? producer = _producer;
        _producer = null;
        if (producer is not null)
        {
            Target.Extras_OnTurn.Streams!.Remove(this);
        }

        if (ChainNumber != 0)
        {
            CallChains.Forget(this);
        }

        Complete(failure is null ? null : Faults.Capture(failure, Handle!, Method));
        if (producer is not null && !_isPending)
        {
            _ = DisposeAsync(producer);
        }
    }

    private async Task DisposeAsync(IAsyncEnumerator<T> producer)
    {
        try
        {
            // The method's finally blocks are code of the wire: in its turns.
#pragma warning disable CA2007, MA0004
            await producer.DisposeAsync();
#pragma warning restore CA2007, MA0004
        }
        catch (Exception e)
        {
            Handle!.Node.Log.OneWayFailed(Handle.Id, Method.Signature, e);
        }
    }

    internal override void Discard(Exception reason) => Complete(_producer is null ? Faults.Refusal(reason) : reason);
}
