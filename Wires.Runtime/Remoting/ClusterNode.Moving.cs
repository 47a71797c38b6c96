using Wires.Cluster;
using Wires.Infrastructure;

namespace Wires.Remoting;

// What moves of wires change here: the routes to them, and as their home, where they are.
internal sealed partial class ClusterNode
{
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

    /// <summary>A wire lives elsewhere from now on: what has waited for it here follows it. The caller owns its turn.</summary>
    public void SendAway(Activation wire, long hint)
    {
        while (!RouteOf(wire.Handle).TryTakeOver(wire, hint))
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

    /// <summary>Completes when all that was sent to other nodes has been taken there or sent back.</summary>
    /// <exception cref="WireMigrationException">Calls still look for the way to their wires.</exception>
    public async Task FlushAllAsync()
    {
        long end = Environment.TickCount64 + 2_000;
        while (HasHoldingRoutes)
        {
            if (Environment.TickCount64 > end)
            {
                throw new WireMigrationException("calls of it still look for the way to their wires");
            }

            await ChangesAsync(TimeSpan.FromMilliseconds(5)).ConfigureAwait(false);
        }

        await Task.WhenAll(_peers.Values.Where(static peer => peer.IsCompletedSuccessfully).Select(static peer => peer.Result.FlushAsync())).ConfigureAwait(false);
    }
}
