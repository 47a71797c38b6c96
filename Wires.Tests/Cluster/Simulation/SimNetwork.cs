namespace Wires.Tests.Cluster.Simulation;

/// <summary>Who reaches whom.</summary>
internal sealed class SimNetwork
{
    public Dictionary<long, SimNode> Nodes { get; } = [];

    /// <summary>Pairs of names that do not reach each other.</summary>
    public HashSet<(string, string)> Cut { get; } = [];

    /// <summary>Names of nodes that do not reach the coordinator.</summary>
    public HashSet<string> CutFromCoordinator { get; } = [];

    public double Loss { get; set; }

    public bool Reaches(SimNode from, SimNode to) => !Cut.Contains((from.Name, to.Name)) && !Cut.Contains((to.Name, from.Name));
}
