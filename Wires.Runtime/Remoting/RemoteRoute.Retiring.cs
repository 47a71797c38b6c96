using Wires.Infrastructure;

namespace Wires.Remoting;

// A route that nobody uses any more makes room for others.
internal sealed partial class RemoteRoute
{
    /// <summary>The wire's node is being asked to forget the wire's number: nothing is sent by it meanwhile.</summary>
    private TaskCompletionSource? _retiring;

    /// <summary>Gives the route up if no call went by it since it was last looked at, and none is under way.</summary>
    /// <remarks>
    /// The wire's node is asked to forget the wire's number, behind all that was sent by it; calls that come meanwhile wait here. Only if it has none of them left, which it could send back
    /// here, may the next call go by a new route, which knows nothing of this one.
    /// </remarks>
    public async Task TryRetireAsync()
    {
        Peer? peer;
        lock (_lock)
        {
            if (_isUsed || _isRetired || _isResolving || _retiring is not null || _former is not null || _waiting is { Count: > 0 })
            {
                _isUsed = false;
                return;
            }

            peer = _peer;
            if (peer is null)
            {
                Retire_NeedsLock();
                return;
            }

            _retiring = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        bool isFree = await peer.TryUndefineAsync(_alias).ConfigureAwait(false);
        TaskCompletionSource? retiring;
        lock (_lock)
        {
            (retiring, _retiring) = (_retiring, null);
            if (isFree)
            {
                // No number is left to flush.
                _peer = null;
                _former = null;
                _room = 0;
                if (!_isResolving)
                {
                    Retire_NeedsLock();
                }
            }
        }

        // Calls that have come meanwhile are sent by whoever resolves.
        retiring!.SetResult();
    }

    /// <summary>After the wire's node has refused: whether all that has come meanwhile went the old way, which is still the right one.</summary>
    private bool TryGoOn_NeedsLock()
    {
        if (_peer is not { IsOpen: true } || _former is not null || _returned.Count > 0)
        {
            return false;
        }

        while (_held.TryPeek(out WireCall? call))
        {
            if (!TrySendOrRefuse_NeedsLock(call))
            {
                _peer = null;
                return false;
            }

            _held.Dequeue();
        }

        AdmitWaiting_NeedsLock();
        return TryFinish_NeedsLock();
    }

    /// <summary>Whoever comes for the wire next makes another route.</summary>
    private void Retire_NeedsLock()
    {
        _isRetired = true;
        cluster.Forget(this);
    }
}
