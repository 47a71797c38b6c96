using Wires.Cluster;
using Wires.Infrastructure;

namespace Wires.Remoting;

// What moves of wires change here: the routes to them, and as their home, where they are.
internal sealed partial class ClusterNode
{
    /// <summary>So long a move waits for calls that the wire has made.</summary>
    private static readonly TimeSpan s_flushTime = TimeSpan.FromSeconds(2);

    private long _returns;
    private int _throttled;

    /// <summary>As the home of a wire: names its new place, if it is where the move says that it is.</summary>
    public RecordResult TryRecord(MoveRecord move)
    {
        if (_member is not { } member)
        {
            return RecordResult.NotHome;
        }

        int slot = move.Slot;
        lock (GateOf(slot))
        {
            if (IsSilent || member.StateOf(slot) != SlotState.Ready)
            {
                return RecordResult.NotHome;
            }

            if (member.TryGetAway(slot, move.Type, move.Key, out long incarnation, out long epoch))
            {
                // The same move may be told twice; another one of the same epoch was beaten to it.
                if ((incarnation != move.From && incarnation != move.To) || epoch > move.Epoch || (epoch == move.Epoch && incarnation != move.To))
                {
                    return RecordResult.Refused;
                }
            }
            else if (!IsAliveHere(Node.HandleOf(WireRegistry.GetType(move.Type), move.Key)) || (move.From != Incarnation && move.To != Incarnation))
            {
                return RecordResult.Refused;
            }

            if (move.To == Incarnation)
            {
                member.RemoveAway(slot, move.Type, move.Key, incarnation);
            }
            else
            {
                member.SetAway(slot, move.Type, move.Key, move.To, move.Epoch);
            }

            return RecordResult.Recorded;
        }
    }

    /// <summary>Answers a question about load; null where this node does not balance.</summary>
    /// <exception cref="InvalidDataException">The question cannot be read.</exception>
    public byte[]? AnswerBalancing(long from, byte kind, byte[] question) =>
        Balancing is { } balancing ? balancing.Answer(from, kind, question)
        : kind is Wires.Balancing.BalancingQuestion.News or Wires.Balancing.BalancingQuestion.Met ? []
        : null;

    /// <summary>Lets a wire that comes from another node be found here.</summary>
    /// <returns>False if it may not live here: it is here already, or the node is cut off or has stopped.</returns>
    public bool TryEnter(Activation wire)
    {
        bool Enter()
        {
            lock (GateOf(wire.Handle.Slot))
            {
                return !IsSilent && Node.Directory.TryAdd(wire);
            }
        }

        while (_routes.TryGetValue(wire.Handle, out RemoteRoute? route))
        {
            if (route.Redirect(Enter) is { } hasEntered)
            {
                return hasEntered;
            }
        }

        return Enter();
    }

    /// <summary>A wire lives elsewhere: what has waited for it here follows it. The caller owns its turn.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="hint">The node that has it.</param>
    /// <param name="sendsBack">Whether calls of other nodes go back to those, and are sent on from there.</param>
    public void SendAway(Activation wire, long hint, bool sendsBack = false)
    {
        while (!RouteOf(wire.Handle).TryTakeOver(wire, hint, sendsBack))
        {
            // It was given up just now.
        }

        wire.LeaveBehind_OnTurn();
    }

    /// <summary>Waits until nobody sends away what has waited for the wire.</summary>
    public void PassRoute(WireHandle handle)
    {
        if (_routes.TryGetValue(handle, out RemoteRoute? route))
        {
            route.Pass();
        }
    }

    /// <summary>Completes when all calls that were made until now to wires of other nodes are in those wires' mailboxes.</summary>
    /// <remarks>
    /// What is on its way is flushed. It may come back, as its wire has moved, and is then sent another way: so the routes to which something came back are waited for and flushed once more, until nothing has.
    /// </remarks>
    /// <param name="before">What is to be waited for first: it may send calls another way.</param>
    /// <exception cref="WireMigrationException">Calls still look for the way to their wires, or wait for room there.</exception>
    public async Task FlushAllAsync(Task before)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(s_flushTime);
        try
        {
            await before.WaitAsync(limit.Token).ConfigureAwait(false);

            // Before it is looked at what holds calls: what comes back from now on is seen afterwards.
            long returns = Interlocked.Read(ref _returns);
            await FlushAsync(HasHoldingRoutes || Volatile.Read(ref _throttled) > 0 ? FindRoutes(static route => route.HoldsCalls) : [], limit.Token).ConfigureAwait(false);
            List<RemoteRoute> late = Interlocked.Read(ref _returns) == returns ? [] : FindRoutes(route => route.LastReturn > returns);
            while (late.Count > 0)
            {
                long again = Interlocked.Read(ref _returns);
                await FlushAsync(late, limit.Token).ConfigureAwait(false);
                late.RemoveAll(route => route.LastReturn <= again);
            }
        }
        catch (OperationCanceledException) when (!_end.IsCancellationRequested)
        {
            throw new WireMigrationException("calls of it still look for the way to their wires, or wait for room there");
        }
    }

    /// <summary>Once these routes have sent what they hold, waits until all that was sent to other nodes has been taken there or sent back.</summary>
    private async Task FlushAsync(List<RemoteRoute> late, CancellationToken limit)
    {
        await Task.WhenAll(late.ConvertAll(route => route.WhenSentAsync(limit))).ConfigureAwait(false);
        await Task.WhenAll(_peers.Values.Where(static peer => peer.IsCompletedSuccessfully).Select(static peer => peer.Result.FlushAsync())).WaitAsync(limit).ConfigureAwait(false);
    }

    /// <summary>Completes when all calls to a wire that has left have been sent after it.</summary>
    public Task WhenFollowedAsync(WireHandle handle) => _routes.TryGetValue(handle, out RemoteRoute? route) ? route.WhenFollowedAsync() : Task.CompletedTask;

    /// <summary>Calls have come back from another node.</summary>
    /// <returns>Which time it is.</returns>
    public long CallsReturn() => Interlocked.Increment(ref _returns);

    /// <summary>One-way calls wait for room at their wires' nodes, or no longer do.</summary>
    public void Throttles(int count) => Interlocked.Add(ref _throttled, count);

    private List<RemoteRoute> FindRoutes(Func<RemoteRoute, bool> isWanted) => [.. _routes.Select(static entry => entry.Value).Where(isWanted)];
}
