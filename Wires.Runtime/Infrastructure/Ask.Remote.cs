using System.Threading.Tasks.Sources;
using Wires.Diagnostics;
using Wires.Mobility;
using Wires.Serialization;

namespace Wires.Infrastructure;

// A call between nodes. On the caller's node the object waits for its answer; on the target's node another one runs, and answers to where it came from.
public abstract partial class Ask
{
    /// <summary>Whether the answer goes to another node.</summary>
    internal bool IsFromElsewhere => Origin is not null;

    /// <summary>The place of this object in <see cref="CallTable"/>; 0 for none.</summary>
    internal int TablePlace;

    private long _remoteClaim;
    private Peer? _peer;

    /// <summary>Who may complete the call, while it is on its way to another node; else 0. By <see cref="RemoteClaim"/>.</summary>
    internal long RemoteState => Volatile.Read(ref _remoteClaim);

    /// <summary>The call is about to be sent to another node.</summary>
    /// <returns>False if its caller does not wait any more.</returns>
    internal bool TryBeginRemote(Peer? peer, long claim)
    {
        if (!IsPending)
        {
            return false;
        }

        _peer = peer;
        Volatile.Write(ref _remoteClaim, claim);
        return true;
    }

    /// <summary>Takes the call back from its way: exactly one of answer, bounce and loss does.</summary>
    internal bool TryEndRemote(long claim) => Interlocked.CompareExchange(ref _remoteClaim, 0, claim) == claim;

    /// <summary>Reads what the target's node has sent.</summary>
    internal abstract void DecodeResult(ref WireReader reader);

    /// <summary>Writes the result for the caller's node.</summary>
    internal abstract void EncodeResult(ref WireWriter writer);

    /// <summary>The answer from another node is in this object.</summary>
    internal void CompleteRemote()
    {
        _outcome = ValueTaskSourceStatus.Succeeded;
        EndRemote();
    }

    /// <summary>Another node, or the way to it, has failed the call.</summary>
    internal void FailRemote(Exception error)
    {
        _error = error;
        _outcome = error is OperationCanceledException ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
        EndRemote();
    }

    private void EndRemote()
    {
        if (SentAt != 0)
        {
            Telemetry.Answered(this, _error);
        }

        if (Origin is not null)
        {
            AnswerOrigin(_error);
        }
        else if (Caller is null)
        {
            CompleteOutside(ClaimDone);
        }
        else
        {
            AnswerCaller();
        }
    }

    /// <summary>The caller wants the call to end: where it runs elsewhere, that is for its method to decide.</summary>
    private bool TryCancelRemote(short token)
    {
        long claim = RemoteState;
        if (claim == 0 || (short)claim != token)
        {
            return false;
        }

        // Without a peer it has come back to this node, and whoever works on it was told.
        _peer?.Connection.Send(FrameKind.Cancel, CallTable.NumberOf(this));
        return true;
    }

    /// <summary>The wire that has made this call has moved: it cancels from there by this.</summary>
    internal CancellationTokenSource CancelledElsewhere()
    {
        var source = new CancellationTokenSource();
        short token = Token;
        source.Token.UnsafeRegister(_ => CancelWaiting(token, source.Token), null);
        return source;
    }

    /// <summary>The rebuilt call ends early by a token.</summary>
    internal void Watch(CancellationToken cancellation)
    {
        if (!TryWatch(cancellation))
        {
            CancelWaiting(Token, cancellation);
        }
    }

    /// <summary>The call came in from another node.</summary>
    internal void Originates() => _claim = (ushort)Token << ClaimShift;

    /// <summary>The call came in from another node, and follows its wire to a third one: what it comes to goes back by this node.</summary>
    internal void Forwards()
    {
        // Another number than it may have had before.
        short token = ++Token;
        Originates();
        if (Cancellation.CanBeCanceled)
        {
            Cancellation.UnsafeRegister(
                _ =>
                {
                    if (Token == token)
                    {
                        TryCancelRemote(token);
                    }
                },
                null);
        }
    }

    private void AnswerOrigin(Exception? error)
    {
        CallOrigin origin = Origin!;
        origin.SendAnswer(this, error);
        Origin = null;
        _error = null;
        _outcome = ValueTaskSourceStatus.Pending;
        ClearResult();
        Recycle();
    }

    /// <summary>Goes back to the wire that asked; where that has moved, to its node there.</summary>
    private void AnswerCaller()
    {
        _isAnswer = true;
        if (Caller!.Post(this, bounded: false) == PostResult.Closed)
        {
            AnswerDeputy();
        }
    }

    /// <summary>The wire that asked has moved: whoever stands for it here sends the outcome after it.</summary>
    internal void AnswerDeputy() => Caller?.AsideOrNull?.Deputies?.Answered(this, _error);

    /// <summary>The same call, where the wire that has asked goes on.</summary>
    /// <param name="caller">The wire that has asked.</param>
    /// <param name="parent">The call on whose behalf; null if that has ended.</param>
    /// <param name="remaining">Until its deadline, in milliseconds; negative for none.</param>
    internal void Rebuild(Activation caller, WireCall? parent, long remaining)
    {
        WireNode node = Handle!.Node;
        PrepareInlined(node, caller);
        if (parent is not null)
        {
            Parent = parent;
            parent.Children++;
        }
        else
        {
            caller.Extras_OnTurn.HasUncountedCalls = true;
        }

        Deadline = remaining < 0 ? long.MaxValue : node.Now + remaining;
    }

    /// <summary>A rebuilt frame goes on when it is answered.</summary>
    internal void AwaitedBy(WireFrame frame)
    {
        _frame = frame;
        frame.Awaited = this;
    }

    /// <summary>A frame that waits for others too does not wait for it any more.</summary>
    internal void AwaitedNoMore(WireFrame frame)
    {
        if (ReferenceEquals(_frame, frame))
        {
            _frame = null;
        }
    }

    /// <summary>Whether the wire that has asked can take the outcome; for its turns.</summary>
    internal bool HasCompletedInTurn => _status != ValueTaskSourceStatus.Pending;

    /// <summary>Its method is suspended, on the node that its wire has come to; a rebuilt frame will complete it.</summary>
    /// <exception cref="Serialization.WireSerializationException">The frame has another type of result.</exception>
    internal abstract void CompletedBy(WireFrame frame);

    /// <summary>Forgets the result.</summary>
    private protected abstract void ClearResult();
}
