using System.Globalization;
using System.Text;
using Wires.Cluster;
using Wires.Cluster.InMemory;
using Xunit;

namespace Wires.Tests.Cluster.Simulation;

/// <summary>A cluster in a simulated world, and what must hold in it after each step.</summary>
internal sealed class SimCluster
{
    public const int Sample = 32;

    private readonly MemberOptions _options;
    private readonly StringBuilder _story = new();
    private readonly List<(int Slot, HostedWire Wire)> _wires = [];
    private readonly int[] _sample;
    private readonly (Guid Generation, uint Epoch, long Owner)[] _lastReady = new (Guid, uint, long)[Slots.Count];
    private readonly int _seed;
    private readonly List<SimNode> _running = [];
    private int _lives;

    public SimCluster(int seed, MemberOptions? options = null)
    {
        _seed = seed;
        World = new SimWorld(seed);
        Store = new InMemoryCoordinatorStore();
        _options = options ?? new MemberOptions { Name = "", FoundAtOnce = true, MaxCoordinatorOutage = TimeSpan.FromSeconds(30) };
        _sample = [.. Enumerable.Range(0, Sample).Select(_ => World.Random.Next(Slots.Count))];
        foreach (int slot in _sample)
        {
            long key = 0;
            while (Slots.Of("W", new WireKey(key)) != slot)
            {
                key++;
            }

            _wires.Add((slot, new HostedWire("W", new WireKey(key), 1)));
        }
    }

    public SimWorld World { get; }

    public SimNetwork Network { get; } = new();

    public InMemoryCoordinatorStore Store { get; }

    /// <summary>Those that run or are frozen, and not fenced.</summary>
    public List<SimNode> Alive { get; } = [];

    public int Activations { get; private set; }

    /// <summary>How often the cluster's nodes have been fenced, by reason.</summary>
    public List<string> Fenced { get; } = [];

    public void Note(string what) => _story.AppendLine(CultureInfo.InvariantCulture, $"{World.Now - 1_000_000,10:F0} {what}");

    public SimNode Start()
    {
        // Later ones have to expect a cluster that the coordinator has lost.
        var node = new SimNode(World, Network, Store, "n" + ++_lives, _options with { FoundAtOnce = _lives == 1 });
        Network.Nodes.Add(node.Member.Incarnation, node);
        Alive.Add(node);
        Note($"start {node.Name}");
        node.Member.Fenced += reason =>
        {
            Note($"{node.Name} fenced: {reason}");
            Fenced.Add(reason);
            Alive.Remove(node);
        };
        _ = JoinAsync(node);
        return node;
    }

    /// <summary>Lets time pass; <paramref name="until"/> ends it early.</summary>
    public void Run(double seconds, Func<bool>? until = null) => World.Run(seconds * 1000, Check, until);

    public void RunUntil(double seconds, Func<bool> condition, string what)
    {
        Run(seconds, condition);
        if (!condition())
        {
            Fail($"waited {seconds} s: {what}");
        }
    }

    /// <summary>Every slot is ready at exactly one node.</summary>
    public bool IsWhole()
    {
        for (int slot = 0; slot < Slots.Count; slot++)
        {
            int ready = 0;
            foreach (SimNode node in Alive)
            {
                ready += node.MayRun && node.Member.StateOf(slot) == SlotState.Ready ? 1 : 0;
            }

            if (ready != 1)
            {
                return false;
            }
        }

        return Alive.TrueForAll(static node => node.HasJoined);
    }

    public void Crash(SimNode node)
    {
        Note($"crash {node.Name}");
        node.Crash();
        Alive.Remove(node);
    }

    public void Freeze(SimNode node, double seconds)
    {
        Note($"freeze {node.Name} for {seconds:F1} s");
        node.Freeze(seconds * 1000);
    }

    public void Leave(SimNode node)
    {
        Note($"leave {node.Name}");
        node.IsLeaving = true;
        node.Run(() => _ = node.Member.LeaveAsync(default));
    }

    /// <summary>Calls come in for all wires at all nodes: those that may, bring them to life.</summary>
    public void CallWires()
    {
        foreach (SimNode node in Alive.Where(static node => node is { IsFrozen: false, MayRun: true }))
        {
            for (int i = 0; i < Sample; i++)
            {
                (int slot, HostedWire wire) = _wires[i];
                if (node.Member.StateOf(slot) == SlotState.Ready && !IsAway(node, slot, wire) && node.Wires.Add((slot, wire)))
                {
                    node.Hosts[i] = true;
                    Activations++;
                }
            }
        }
    }

    private static bool IsAway(SimNode node, int slot, HostedWire wire)
    {
        if (!node.Member.TryGetAway(slot, wire.Type, wire.Key, out long incarnation, out _))
        {
            return false;
        }

        // Lost with its node, as the runtime takes it.
        return node.Member.CurrentView?.Contains(incarnation) == true || !node.Member.RemoveAway(slot, wire.Type, wire.Key, incarnation);
    }

    public void Fail(string what)
    {
        foreach (SimNode node in Network.Nodes.Values.Where(static node => !node.HasCrashed))
        {
            int[] states = new int[3];
            for (int slot = 0; slot < Slots.Count; slot++)
            {
                states[(int)node.Member.StateOf(slot)]++;
            }

            Note($"{node.Name}: silent in {node.Member.SilentFrom - node.Clock} ms, fenced {node.Member.IsFenced}, slots {string.Join('/', states)}"
                + (node.HasJoined ? $", view {node.Member.View.Number} of {string.Join(' ', node.Member.View.Members.Select(static member => member.Name + (member.IsLeaving ? "-" : "")))}" : ""));
        }

        CoordinatorState state = Store.Read();
        Note($"coordinator: view {state.ViewNumber}, restoring {state.IsRestoring}, leases {string.Join(' ', state.Leases.Select(lease => $"{Network.Nodes[lease.Incarnation].Name}#{lease.Counter}@{lease.SeenView}"))}");
        Assert.Fail($"Seed {_seed}, step {World.Steps}: {what}\n{_story}");
    }

    private async Task JoinAsync(SimNode node)
    {
        while (!node.Member.IsFenced)
        {
            try
            {
                await node.Member.JoinAsync(default);
                node.HasJoined = true;
                Note($"{node.Name} joined");
                return;
            }
            catch (CoordinatorUnavailableException)
            {
                // As a host does that starts the process again.

                var later = new TaskCompletionSource();
                World.After(500, () => node.Run(() => later.SetResult()));
                await later.Task;
            }
        }
    }

    private void Check()
    {
        _running.Clear();
        _running.AddRange(Alive.Where(static node => node.MayRun));
        for (int i = 0; i < Sample; i++)
        {
            int slot = _sample[i];
            SimNode? ready = null;
            SimNode? hosting = null;
            foreach (SimNode node in _running)
            {
                if (node.Member.StateOf(slot) == SlotState.Ready)
                {
                    if (ready is not null)
                    {
                        Fail($"slot {slot} is ready at {ready.Name} and at {node.Name}");
                    }

                    ready = node;
                }

                if (node.Hosts[i])
                {
                    if (hosting is not null)
                    {
                        Fail($"wire {_wires[i]} lives on {hosting.Name} and on {node.Name}");
                    }

                    hosting = node;
                }
            }

            if (ready is not null)
            {
                uint epoch = ready.Member.EpochOf(slot);
                (Guid generation, uint lastEpoch, long lastOwner) = _lastReady[slot];
                if (generation == ready.Member.View.Generation && (epoch < lastEpoch || (epoch == lastEpoch && lastOwner != ready.Member.Incarnation)))
                {
                    Fail($"slot {slot} is ready at {ready.Name} with epoch {epoch}, after {Network.Nodes[lastOwner].Name} had it with {lastEpoch}");
                }

                _lastReady[slot] = (ready.Member.View.Generation, epoch, ready.Member.Incarnation);
            }
        }
    }
}
