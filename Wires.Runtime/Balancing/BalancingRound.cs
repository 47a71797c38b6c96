namespace Wires.Balancing;

/// <summary>What a policy decides on, and what it has decided: the node's own load, news of others, and the busy wires.</summary>
public sealed class BalancingRound
{
    private readonly MoveCost _cost;
    private readonly List<PlannedMove> _moves = [];

    internal BalancingRound(TimeSpan now, NodeLoad local, double localLoad, NodeSample sample, IReadOnlyList<NodeLoad> nodes, int members, IReadOnlyList<BusyWire> wires, BalancingOptions options, MoveCost cost, Random random)
    {
        Now = now;
        Local = local;
        LocalLoad = localLoad;
        MemoryUse = sample.MemoryUse;
        UsedMemory = sample.UsedMemory;
        TotalMemory = sample.TotalMemory;
        Nodes = nodes;
        Members = members;
        Wires = wires;
        Options = options;
        Random = random;
        _cost = cost;
        MeanLoad = MeanOf(local, nodes, members);
    }

    /// <summary>The time, from any fixed start.</summary>
    public TimeSpan Now { get; }

    /// <summary>This node as others see it.</summary>
    public NodeLoad Local { get; }

    /// <summary>The load that this node decides by, which rises slowly and falls at once; what was decided in this round is taken off.</summary>
    public double LocalLoad { get; private set; }

    /// <summary>The share of memory in use here.</summary>
    public double MemoryUse { get; }

    /// <summary>Bytes in use here.</summary>
    public long UsedMemory { get; }

    /// <summary>Bytes that may be used here; 0 without a limit.</summary>
    public long TotalMemory { get; }

    /// <summary>Other nodes that news have come of, in no order, blocked and draining ones included.</summary>
    public IReadOnlyList<NodeLoad> Nodes { get; }

    /// <summary>How many nodes the cluster has, with those that no news have come of.</summary>
    public int Members { get; }

    /// <summary>Wires that had work of late, in no order; on a draining node, all that are to leave.</summary>
    public IReadOnlyList<BusyWire> Wires { get; }

    /// <summary>The mean load over the cluster's capacity. A node that no news have come of counts as the mean of those that some have.</summary>
    public double MeanLoad { get; }

    /// <summary>The settings.</summary>
    public BalancingOptions Options { get; }

    /// <summary>Where randomness comes from.</summary>
    public Random Random { get; }

    /// <summary>What was decided so far.</summary>
    public int Moves => _moves.Count;

    /// <summary>Bytes that were decided to move so far.</summary>
    public long MovedBytes { get; private set; }

    /// <summary>What a move is expected to cost, in seconds, by what past ones did.</summary>
    /// <param name="bytes">The bytes to move.</param>
    /// <returns>Seconds.</returns>
    public double CostOf(long bytes) => _cost.Of(bytes);

    /// <summary>What it wins to move a wire for the load's sake, in seconds, within <see cref="BalancingOptions.Payback"/>.</summary>
    /// <remarks>
    /// Work waits in proportion to the load of its node. So a move wins the wire's work by what the target is less loaded, the wire included. Messages that become local or remote do not enter
    /// here (see <see cref="MessagesSavedBy"/>): a node that is full has to send wires away however much they talk.
    /// </remarks>
    /// <param name="wire">The wire.</param>
    /// <param name="target">Where to.</param>
    /// <returns>Negative if it loses.</returns>
    public double GainOf(BusyWire wire, NodeLoad target)
    {
        ArgumentNullException.ThrowIfNull(wire);
        ArgumentNullException.ThrowIfNull(target);
        return wire.Work * (LocalLoad - target.Exported - (wire.Work / target.Capacity)) * Options.Payback.TotalSeconds;
    }

    /// <summary>Messages per second that become local if the wire moves, less those that become remote.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="target">Where to.</param>
    /// <returns>Negative if it leaves its company.</returns>
    public double MessagesSavedBy(BusyWire wire, NodeLoad target)
    {
        ArgumentNullException.ThrowIfNull(wire);
        ArgumentNullException.ThrowIfNull(target);
        return wire.MessagesPerSecond(target.Node) - wire.MessagesPerSecond(Local.Node);
    }

    /// <summary>Decides to move a wire. Its load is taken off this node's and put on the target's at once, for the decisions that follow.</summary>
    /// <param name="wire">One of <see cref="Wires"/> that is neither pinned nor moving.</param>
    /// <param name="target">One of <see cref="Nodes"/> that is open.</param>
    /// <param name="reason">Why.</param>
    /// <param name="wiresConsidered">How many wires could have gone in its place, for who reads the decision.</param>
    /// <param name="nodesConsidered">How many nodes could have been the target, likewise.</param>
    /// <exception cref="ArgumentException">The wire cannot move now, or the target takes none.</exception>
    public void Move(BusyWire wire, NodeLoad target, BalancingReason reason, int wiresConsidered, int nodesConsidered)
    {
        ArgumentNullException.ThrowIfNull(wire);
        ArgumentNullException.ThrowIfNull(target);
        if (wire.IsPinned || wire.IsMoving)
        {
            throw new ArgumentException($"{wire} cannot move: it is {(wire.IsPinned ? "pinned" : "moving already")}.", nameof(wire));
        }

        if (target.State != NodeState.Open || target.Node == Local.Node)
        {
            throw new ArgumentException($"{target} cannot take {wire}: it is {(target.Node == Local.Node ? "this node" : target.State)}.", nameof(target));
        }

        var decision = new BalancingDecision
        {
            Wire = wire.Id,
            From = Local.Name,
            To = target.Name,
            Target = target.Node,
            Reason = reason,
            At = Now,
            LocalLoad = LocalLoad,
            RemoteLoad = target.Exported,
            WireLoad = wire.Work / target.Capacity,
            MeanLoad = MeanLoad,
            NewsAge = Now - target.At,
            Bytes = wire.Bytes,
            Cost = CostOf(wire.Bytes),
            Gain = GainOf(wire, target),
            MessagesSaved = MessagesSavedBy(wire, target),
            WiresConsidered = wiresConsidered,
            NodesConsidered = nodesConsidered,
        };
        wire.IsMoving = true;
        target.Pledge(wire.Work, wire.Bytes, Now);
        LocalLoad -= wire.Work / Local.Capacity;
        MovedBytes += wire.Bytes;
        _moves.Add(new PlannedMove(wire, target.Node, decision));
    }

    internal List<PlannedMove> Planned => _moves;

    /// <summary>Takes back all that was decided.</summary>
    internal void Cancel()
    {
        foreach (PlannedMove move in _moves)
        {
            move.Wire.IsMoving = false;
            Nodes.First(node => node.Node == move.Target).Withdraw(move.Wire.Work, move.Wire.Bytes, Now);
            LocalLoad += move.Wire.Work / Local.Capacity;
        }

        _moves.Clear();
        MovedBytes = 0;
    }

    internal static double MeanOf(NodeLoad local, IReadOnlyList<NodeLoad> nodes, int members)
    {
        double work = 0;
        double capacity = 0;
        int counted = 0;
        foreach (NodeLoad node in nodes)
        {
            // What a leaving node has will be the others'; its capacity will not.
            work += node.Load * node.Capacity;
            capacity += node.State == NodeState.Draining ? 0 : node.Capacity;
            counted++;
        }

        double scale = counted == 0 ? 0 : (members - 1.0) / counted;
        double total = (capacity * scale) + (local.State == NodeState.Draining ? 0 : local.Capacity);
        return total <= 0 ? 0 : ((work * scale) + (local.Load * local.Capacity)) / total;
    }
}
