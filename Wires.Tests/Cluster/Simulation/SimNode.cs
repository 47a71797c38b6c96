using Microsoft.Extensions.Logging.Abstractions;
using Wires.Cluster;
using Wires.Cluster.InMemory;

namespace Wires.Tests.Cluster.Simulation;

/// <summary>One life of a node.</summary>
internal sealed class SimNode : IWireHost
{
    private readonly SimWorld _world;
    private readonly double _offset;
    private readonly List<Action> _missed = [];

    public SimNode(SimWorld world, SimNetwork network, InMemoryCoordinatorStore store, string name, MemberOptions options)
    {
        _world = world;
        Name = name;
        Rate = 1 + world.Between(-0.004, 0.004);
        _offset = world.Between(0, 1e6);
        Coordinator = new SimCoordinator(world, network, this, store);
        Member = new ClusterMember(
            options with { Name = name, Address = name + ":1" },
            Coordinator,
            new SimPeers(world, network, this),
            this,
            new SimTime(world, this),
            () => Clock,
            new Random(world.Random.Next()),
            NullLogger.Instance);
        Member.Fenced += reason => FencedBecause = reason;
    }

    public string Name { get; }

    /// <summary>How fast its clock runs.</summary>
    public double Rate { get; }

    public ClusterMember Member { get; }

    public SimCoordinator Coordinator { get; }

    public HashSet<(int Slot, HostedWire Wire)> Wires { get; } = [];

    /// <summary>The same, by the number of the wire.</summary>
    public bool[] Hosts { get; } = new bool[SimCluster.Sample];

    public bool HasCrashed { get; private set; }

    public bool IsFrozen { get; private set; }

    public bool HasJoined { get; set; }

    public bool IsLeaving { get; set; }

    public string? FencedBecause { get; private set; }

    public long Clock => (long)(_offset + (_world.Now * Rate));

    /// <summary>Whether its own clock lets it run turns.</summary>
    public bool MayRun => !HasCrashed && Clock < Member.SilentFrom;

    public IReadOnlyList<HostedWire> WiresIn(SlotSet slots) => [.. Wires.Where(wire => slots.Contains(wire.Slot)).Select(static wire => wire.Wire)];

    /// <summary>Something happens to it, now or when it wakes up.</summary>
    public void Run(Action action)
    {
        if (IsFrozen)
        {
            _missed.Add(action);
        }
        else if (!HasCrashed)
        {
            action();
        }
    }

    public void Crash() => HasCrashed = true;

    public void Freeze(double milliseconds)
    {
        if (IsFrozen || HasCrashed)
        {
            return;
        }

        IsFrozen = true;
        _world.After(milliseconds, () =>
        {
            IsFrozen = false;

            // What it missed comes in any order: threads, timers and sockets all wake up at once.
            Action[] missed = [.. _missed];
            _missed.Clear();
            _world.Random.Shuffle(missed);
            foreach (Action action in missed)
            {
                _world.After(0, () => Run(action));
            }
        });
    }
}
