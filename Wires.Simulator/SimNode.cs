using Wires.Balancing;

namespace Wires.Simulator;

/// <summary>A node: its balancer, and the wires that it runs.</summary>
internal sealed class SimNode(long id, double capacity, Balancer balancer)
{
    public long Id => id;

    public double Capacity => capacity;

    public Balancer Balancer => balancer;

    public List<SimWire> Wires { get; } = [];

    public TimeSpan LastTick { get; set; }

    /// <summary>When the last move that was begun will have been sent.</summary>
    public TimeSpan LinkFree { get; set; }

    public bool HasLeft { get; set; }

    public long TotalMemory { get; set; }

    /// <summary>Work that turns did since the last round, of wires that have left since too.</summary>
    public double WorkDone { get; set; }

    public void Add(SimWire wire)
    {
        wire.Node = this;
        wire.Place = Wires.Count;
        Wires.Add(wire);
    }

    public void Remove(SimWire wire)
    {
        SimWire last = Wires[^1];
        Wires[wire.Place] = last;
        last.Place = wire.Place;
        Wires.RemoveAt(Wires.Count - 1);
    }

    public double TrueLoad()
    {
        double demand = 0;
        foreach (SimWire wire in Wires)
        {
            demand += wire.Demand;
        }

        return demand / capacity;
    }
}
