using Wires.Balancing;

namespace Wires.Simulator;

/// <summary>A wire: what work comes to it, how large it is, where it is.</summary>
internal sealed class SimWire(int index, double demand, double turn, long bytes)
{
    public int Index => index;

    public WireId Id { get; } = new("Sim", new WireKey(index));

    /// <summary>The work that arrives, in processors.</summary>
    public double Demand { get; set; } = demand;

    /// <summary>Seconds of a turn.</summary>
    public double Turn => turn;

    public long Bytes => bytes;

    /// <summary>Work that waits, in seconds.</summary>
    public double Backlog { get; set; }

    /// <summary>Where it is, or leaves.</summary>
    public required SimNode Node { get; set; }

    /// <summary>Where those that talk to it believe it to be.</summary>
    public long KnownNode { get; set; }

    /// <summary>Its place in the list of its node.</summary>
    public int Place { get; set; }

    /// <summary>What the balancer knows of it; it takes its sketch along when it moves.</summary>
    public required BusyWire Profile { get; set; }

    public bool IsInTransit { get; set; }

    public int Moves { get; set; }
}
