using System.Globalization;
using Wires.Balancing;

namespace Wires.Simulator;

/// <summary>Simulated nodes that run the balancer of real ones.</summary>
internal sealed partial class SimCluster
{
    private readonly BalancingOptions _options;
    private readonly SimSettings _settings;
    private readonly Func<IBalancingPolicy> _newPolicy;
    private long _lastNode;
    private bool _isViewDue;

    public SimCluster(int seed, BalancingOptions? options = null, SimSettings? settings = null, Func<IBalancingPolicy>? policy = null)
    {
        World = new SimWorld(seed);
        _options = options ?? new BalancingOptions();
        _settings = settings ?? new SimSettings();
        _newPolicy = policy ?? (static () => new DefaultBalancingPolicy());
    }

    public SimWorld World { get; }

    public List<SimNode> Nodes { get; } = [];

    public List<SimWire> Wires { get; } = [];

    /// <summary>Who talks to whom, if anybody does: wire i is vertex i.</summary>
    public CommunicationGraph? Graph { get; set; }

    /// <summary>Messages per second on each edge, both ways together.</summary>
    public double EdgeRate { get; set; } = 2;

    public long Moves { get; private set; }

    public long FailedMoves { get; private set; }

    public long BytesMoved { get; private set; }

    public TimeSpan LastMove { get; private set; }

    /// <summary>Told each decision.</summary>
    public Action<BalancingDecision>? OnDecision { get; set; }

    public SimNode AddNode(double capacity, long totalMemory = 0)
    {
        long id = ++_lastNode;
        var balancer = new Balancer(
            id, NameOf(id), capacity, _newPolicy(), _options, new Random(World.Random.Next()), decision => OnDecision?.Invoke(decision));
        var node = new SimNode(id, capacity, balancer) { LastTick = World.Now, TotalMemory = totalMemory };
        Nodes.Add(node);
        MembersChanged();
        World.After(_options.Period * World.Random.NextDouble(), () => Tick(node));
        return node;
    }

    public SimWire AddWire(SimNode node, double demand, double turn, long bytes)
    {
        var id = new WireId("Sim", new WireKey(Wires.Count));
        var wire = new SimWire(Wires.Count, demand, turn, bytes)
        {
            Node = node,
            KnownNode = node.Id,
            Profile = new BusyWire(id, World.Now) { Bytes = bytes, Sketch = Graph is null ? null : new AffinitySketch() },
        };
        node.Add(wire);
        Wires.Add(wire);
        return wire;
    }

    public void MembersChanged()
    {
        // Many nodes that come at one time are one view.
        if (_isViewDue)
        {
            return;
        }

        _isViewDue = true;
        World.After(TimeSpan.Zero, () =>
        {
            _isViewDue = false;
            foreach (SimNode node in Nodes)
            {
                SimNode it = node;

                // Views are numbered, so nobody gets an older one after a newer one.
                World.After(Delay(), () => it.Balancer.SetMembers(
                    Nodes.Where(static node => !node.HasLeft).Select(static node => (node.Id, NameOf(node.Id))), World.Now));
            }
        });
    }

    private static string NameOf(long node) => "node-" + node.ToString(CultureInfo.InvariantCulture);

    public void Run(TimeSpan until) => World.Run(until);

    /// <summary>The most loaded node against the mean, by the work that really arrives.</summary>
    public double Imbalance()
    {
        double demand = 0;
        double capacity = 0;
        double most = 0;
        foreach (SimNode node in Nodes)
        {
            if (!node.HasLeft)
            {
                double load = node.TrueLoad();
                most = Math.Max(most, load);
                demand += load * node.Capacity;
                capacity += node.Balancer.State == NodeState.Draining ? 0 : node.Capacity;
            }
        }

        return demand <= 0 ? 1 : most / (demand / capacity);
    }

    /// <summary>What no placement gets below: the heaviest wire alone on the fastest node.</summary>
    public double LeastImbalance()
    {
        double capacity = Nodes.Where(static node => node.Balancer.State == NodeState.Open && !node.HasLeft).Sum(static node => node.Capacity);
        double fastest = Nodes.Where(static node => node.Balancer.State == NodeState.Open && !node.HasLeft).Max(static node => node.Capacity);
        return Math.Max(1, Wires.Max(static wire => wire.Demand) / fastest / (Wires.Sum(static wire => wire.Demand) / capacity));
    }

    public double RemoteShare() => Graph?.RemoteShare(vertex => Wires[vertex].Node.Id) ?? 0;

    private TimeSpan Delay() => TimeSpan.FromSeconds(World.Between(_settings.DelaySeconds.Least, _settings.DelaySeconds.Most));

    private void Tick(SimNode node)
    {
        if (node.HasLeft)
        {
            return;
        }

        Serve(node);
        if (node.Balancer.State == NodeState.Draining && node.Wires.Count == 0)
        {
            node.HasLeft = true;
            MembersChanged();
            return;
        }

        long used = node.TotalMemory == 0 ? 0 : node.Wires.Sum(static wire => wire.Bytes);
        var sample = new NodeSample(node.WorkDone, node.Wires.Sum(static wire => wire.Backlog), used, node.TotalMemory);
        node.WorkDone = 0;
        var busy = new List<BusyWire>(node.Wires.Count);
        foreach (SimWire wire in node.Wires)
        {
            if (!wire.IsInTransit)
            {
                busy.Add(wire.Profile);
            }
        }

        Send(node, node.Balancer.Tick(World.Now, sample, busy));

        // Timers are late by a little, and not all by the same.
        World.After(_options.Period * World.Between(0.98, 1.04), () => Tick(node));
    }

    // Work comes to all wires, moving ones too; what the processors do not manage waits.
    private void Serve(SimNode node)
    {
        double seconds = (World.Now - node.LastTick).TotalSeconds;
        node.LastTick = World.Now;
        if (seconds <= 0)
        {
            return;
        }

        double offered = 0;
        foreach (SimWire wire in node.Wires)
        {
            wire.Backlog = Math.Min(_settings.MostBacklogSeconds * Math.Max(wire.Demand, wire.Turn), wire.Backlog + (World.Poisson(wire.Demand * seconds / wire.Turn) * wire.Turn));
            offered += wire.IsInTransit ? 0 : wire.Backlog;
        }

        double share = offered <= 0 ? 0 : Math.Min(1, node.Capacity * seconds / offered);
        foreach (SimWire wire in node.Wires)
        {
            if (wire.IsInTransit)
            {
                continue;
            }

            double done = wire.Backlog * share;
            wire.Backlog -= done;
            node.WorkDone += done;
            wire.Profile.Record(done, wire.Backlog, seconds);
            Talk(wire, seconds);
        }
    }

    private void Talk(SimWire wire, double seconds)
    {
        if (Graph is null || wire.Profile.Sketch is not { } sketch)
        {
            return;
        }

        ReadOnlySpan<int> others = Graph.Of(wire.Index);
        int counted = World.Poisson(others.Length * EdgeRate * seconds / _options.SampleEvery);
        for (int i = 0; i < counted; i++)
        {
            SimWire other = Wires[others[World.Random.Next(others.Length)]];
            sketch.Count(other.Profile.Fingerprint, other.KnownNode);
        }
    }
}
