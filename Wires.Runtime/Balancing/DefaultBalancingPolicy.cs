namespace Wires.Balancing;

/// <summary>The rule that runs unless another is set: even load, by the inequality of MOSIX, memory before load, and nobody is filled above the mean.</summary>
/// <remarks>
/// A wire moves for its load when <c>remote exported + 1.3 × wire &lt; local</c> (Barak, Guday, Wheeler, "The MOSIX Distributed Operating System", 1993), and only while this node is clearly above the
/// mean. Beyond MOSIX, whose nodes send one process at a time, a round may move many wires; so promised work counts at once, and a target is filled up to the mean only:
/// then a wire that starts where all were born goes straight to where it can stay.
/// </remarks>
public sealed class DefaultBalancingPolicy : IBalancingPolicy
{
    /// <summary>So many near-minimum targets are picked from.</summary>
    private const int NearTargets = 8;

    /// <summary>A load that stands out for so many rounds in a row is no ripple.</summary>
    private const int RoundsAbove = 3;

    private bool _isShedding;
    private int _roundsAbove;
    private bool _isUshering;

    /// <inheritdoc/>
    public void Decide(BalancingRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        UsherMemory(round);
        if (round.Local.State == NodeState.Draining)
        {
            Drain(round);
        }
        else
        {
            EvenLoad(round);
        }
    }

    /// <inheritdoc/>
    public GrantAnswer Grant(in GrantRequest request, BalancingRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        if (round.Local.State != NodeState.Open)
        {
            return GrantAnswer.Refused;
        }

        long bytes = Math.Min(request.Bytes, FreeBytes(round));
        if (bytes <= 0 && request.Bytes > 0)
        {
            return GrantAnswer.Refused;
        }

        if (request.Reason != BalancingReason.Load)
        {
            return new GrantAnswer(request.Work, bytes);
        }

        // A node that has just joined knows of nobody: it would take itself for the mean, with what it has promised, and promise ever more.
        double mean = round.Nodes.Count == 0 ? request.SenderMean : Math.Max(round.MeanLoad, request.SenderMean);
        double room = ((mean * (1 + round.Options.StopAbove)) - round.Local.Exported) * round.Local.Capacity;
        if (room >= request.LargestWork)
        {
            return new GrantAnswer(Math.Min(room, request.Work), bytes);
        }

        // A wire that is too large for anybody's room may still be better off here, by the rule that its sender has applied to what it knew. Only below the mean, or many senders of one each would stampede.
        bool isBetterHere = room > 0 && round.Local.Exported + (round.Options.Margin * request.LargestWork / round.Local.Capacity) < request.SenderLoad;
        return isBetterHere ? new GrantAnswer(request.LargestWork, bytes) : room > 0 ? new GrantAnswer(Math.Min(room, request.Work), bytes) : GrantAnswer.Refused;
    }

    /// <inheritdoc/>
    public NodeLoad? Place(BalancingRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        double least = round.Local.State == NodeState.Open ? round.Local.Exported : double.PositiveInfinity;
        foreach (NodeLoad node in round.Nodes)
        {
            if (IsTarget(node, round))
            {
                least = Math.Min(least, node.Exported);
            }
        }

        double near = least + (round.Options.NearMinimum * Math.Max(round.MeanLoad, round.Options.IdleBelow));
        if (round.Local.State == NodeState.Open && round.Local.Exported <= near)
        {
            return null;
        }

        // Reservoir sampling: each of the near-minimum nodes with the same probability, in one pass.
        NodeLoad? picked = null;
        int count = 0;
        foreach (NodeLoad node in round.Nodes)
        {
            if (IsTarget(node, round) && node.Exported <= near && round.Random.Next(++count) == 0)
            {
                picked = node;
            }
        }

        return picked;
    }

    private static bool IsTarget(NodeLoad node, BalancingRound round) => node.State == NodeState.Open && round.Now - node.At <= round.Options.MaxNewsAge;

    private static long FreeBytes(BalancingRound round) =>
        round.TotalMemory <= 0 ? long.MaxValue : (long)(round.Options.MemoryLow * round.TotalMemory) - round.TotalMemory + round.Local.FreeMemory;

    private void EvenLoad(BalancingRound round)
    {
        BalancingOptions options = round.Options;
        double stop = round.MeanLoad * (1 + options.StopAbove);
        double start = _isShedding ? stop : round.MeanLoad * (1 + options.StartAbove);
        _roundsAbove = round.LocalLoad > Math.Max(start, options.IdleBelow) ? _roundsAbove + 1 : 0;
        _isShedding = _roundsAbove >= RoundsAbove && round.Nodes.Count > 0;
        if (!_isShedding)
        {
            return;
        }

        var wires = new WirePicker(round.Wires.Where(wire => !wire.IsPinned && !wire.IsMoving && wire.Work > 0 && wire.HasSettled(round.Now, options)));
        var targets = new TargetQueue(round.Nodes.Where(node => IsTarget(node, round)), NearTargets);
        while (round.LocalLoad > stop && CanGoOn(round, wires)
            && targets.Pick(options.NearMinimum * round.MeanLoad, round.Random, out int near) is { } target)
        {
            double mostByRule = (round.LocalLoad - target.Exported) / options.Margin * target.Capacity;
            double mostByMean = (stop - target.Exported) * target.Capacity;
            BusyWire? wire = wires.Take(Math.Min(mostByRule, mostByMean), round, target, out int considered);

            // Wires may be larger than the room that any node has: then the rule alone, for one of them.
            wire ??= mostByRule > mostByMean && target.Pledged == 0 ? wires.Take(mostByRule, round, target, out considered) : null;
            if (wire is null || wire.Work >= mostByRule)
            {
                targets.Remove(target);
            }
            else if (round.GainOf(wire, target) > round.CostOf(wire.Bytes))
            {
                round.Move(wire, target, BalancingReason.Load, considered, near);
            }
        }

        // Who finds nothing more to send is done, wherever it stands: else a node that cannot get below the lower mark would answer each ripple with a move.
        _isShedding = round.Moves > 0;
    }

    private static bool CanGoOn(BalancingRound round, WirePicker wires) =>
        wires.Left > 0 && round.Moves < round.Options.MaxMovesPerRound && (round.Moves == 0 || round.MovedBytes < round.Options.MaxBytesPerRound);

    private static void Drain(BalancingRound round)
    {
        var wires = new WirePicker(round.Wires.Where(static wire => !wire.IsPinned && !wire.IsMoving));
        var targets = new TargetQueue(round.Nodes.Where(node => IsTarget(node, round)), NearTargets);
        while (CanGoOn(round, wires) && targets.Pick(round.Options.NearMinimum * round.MeanLoad, round.Random, out int near) is { } target)
        {
            BusyWire wire = wires.Take(double.PositiveInfinity, round, target, out int considered)!;
            round.Move(wire, target, BalancingReason.Drain, considered, near);
        }
    }

    private void UsherMemory(BalancingRound round)
    {
        _isUshering = round.MemoryUse > (_isUshering ? round.Options.MemoryLow : round.Options.MemoryHigh);
        if (!_isUshering)
        {
            return;
        }

        // The fewest moves: the largest first.
        BusyWire[] wires = [.. round.Wires.Where(static wire => !wire.IsPinned && !wire.IsMoving && wire.Bytes > 0).OrderByDescending(static wire => wire.Bytes)];
        var targets = new PriorityQueue<NodeLoad, long>(round.Nodes.Where(node => IsTarget(node, round)).Select(static node => (node, -node.FreeMemory)));
        double excess = round.UsedMemory - (round.Options.MemoryLow * round.TotalMemory);
        foreach (BusyWire wire in wires)
        {
            if (round.MovedBytes >= excess || round.Moves >= round.Options.MaxMovesPerRound || (round.Moves > 0 && round.MovedBytes >= round.Options.MaxBytesPerRound) || targets.Count == 0)
            {
                break;
            }

            NodeLoad target = targets.Peek();
            if (target.FreeMemory > wire.Bytes)
            {
                round.Move(wire, target, BalancingReason.Memory, wires.Length, targets.Count);
                targets.DequeueEnqueue(target, -target.FreeMemory);
            }
        }
    }
}
