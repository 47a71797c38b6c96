using Wires.Cluster;
using Wires.Tests.Cluster.Simulation;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>Everything that can go wrong, at random and all at once. A failure names its seed, which replays it step by step.</summary>
public sealed class MembershipSimulationTests
{
    private const int Blocks = 10;
    // More by an environment variable: a night's worth, or one seed that failed.
    private static readonly int s_seedsOfBlock = int.TryParse(Environment.GetEnvironmentVariable("WIRES_SEEDS_PER_BLOCK"), out int seeds) ? seeds : 20;
    private static readonly int s_firstSeed = int.TryParse(Environment.GetEnvironmentVariable("WIRES_FIRST_SEED"), out int seed) ? seed : 0;

    public static TheoryData<int> AllBlocks => [.. Enumerable.Range(0, Blocks)];

    [Theory]
    [MemberData(nameof(AllBlocks))]
    public void NoSlotIsReadyTwiceAndTheClusterHeals(int block)
    {
        for (int i = 0; i < s_seedsOfBlock; i++)
        {
            Simulate(s_firstSeed + (block * s_seedsOfBlock) + i);
        }
    }

    private static void Simulate(int seed)
    {
        var cluster = new SimCluster(seed);
        int nodes = cluster.World.Random.Next(2, 7);
        for (int i = 0; i < nodes; i++)
        {
            cluster.Start();
            cluster.Run(cluster.World.Between(0, 1));
        }

        CallAgainAndAgain(cluster);
        KeepUp(cluster, nodes);
        double end = cluster.World.Now + 120_000;
        while (cluster.World.Now < end)
        {
            cluster.Run(cluster.World.Between(0.2, 8));
            Disturb(cluster);
        }

        cluster.Note("heal");
        cluster.Network.Cut.Clear();
        cluster.Network.CutFromCoordinator.Clear();
        cluster.Network.Loss = 0;
        cluster.Store.IsAway = false;
        cluster.RunUntil(150, () => cluster.IsWhole() && !cluster.Store.Read().IsRestoring, "every slot ready at one node");
        cluster.Run(5);
        Assert.True(cluster.Activations > 0);
    }

    private static void Disturb(SimCluster cluster)
    {
        SimWorld world = cluster.World;
        if (cluster.Alive.Count == 0)
        {
            return;
        }

        SimNode node = cluster.Alive[world.Random.Next(cluster.Alive.Count)];
        SimNode other = cluster.Alive[world.Random.Next(cluster.Alive.Count)];
        SimNetwork network = cluster.Network;
        switch (world.Random.Next(12))
        {
            case 0:
                cluster.Crash(node);
                break;
            case 1:
                cluster.Freeze(node, world.Between(0.1, 25));
                break;
            case 2 or 3:
                cluster.Note($"cut {node.Name} from the coordinator");
                network.CutFromCoordinator.Add(node.Name);
                world.After(world.Between(100, 40_000), () => network.CutFromCoordinator.Remove(node.Name));
                break;
            case 4 or 5 when node != other:
                cluster.Note($"cut {node.Name} from {other.Name}");
                network.Cut.Add((node.Name, other.Name));
                world.After(world.Between(100, 40_000), () => network.Cut.Remove((node.Name, other.Name)));
                break;
            case 6:
                cluster.Note("coordinator away");
                cluster.Store.IsAway = true;
                world.After(world.Between(100, 45_000), () => cluster.Store.IsAway = false);
                break;
            case 7:
                cluster.Start();
                break;
            case 8 when !node.IsLeaving:
                cluster.Leave(node);
                break;
            case 9:
                network.Loss = world.Between(0, 0.3);
                break;
            case 10:
                LoseAll(cluster);
                break;
            case 11:
                LoseTheLatest(cluster);
                break;
            default:
                break;
        }
    }

    // All nodes reach the coordinator for a time: those that do not know of the loss, while others found a cluster anew, are two clusters by design.
    private static void LoseAll(SimCluster cluster)
    {
        cluster.Note("the coordinator loses everything");
        cluster.Network.CutFromCoordinator.Clear();
        cluster.Network.Loss = 0;
        cluster.Store.IsAway = false;
        if (cluster.World.Chance(0.5))
        {
            cluster.Store.ServerId += "'";
        }

        cluster.Store.Clear();
        cluster.Run(15);
    }

    private static void LoseTheLatest(SimCluster cluster)
    {
        if (cluster.Store.IsAway)
        {
            return;
        }

        CoordinatorState old = cluster.Store.Read();
        cluster.Run(cluster.World.Between(0.01, 3));
        if (cluster.Store.IsAway || old.Generation is null || old.IsRestoring || old.Leases.Count == 0)
        {
            return;
        }

        cluster.Note("the coordinator fails over to a server that is behind");
        cluster.Store.Clear();
        cluster.Store.ServerId += "\"";
        LeaseState first = old.Leases[0];
        cluster.Store.TryFound(old.Generation.Value, old.ViewNumber - 1, old.View!, old.Secret!, new LeaseGrant(first.Incarnation, first.SeenView));
        cluster.Store.TryChangeView(
            new ViewChange(
                old.Generation.Value.Id, old.ViewNumber - 1, old.ViewNumber, old.View, first.Incarnation, [], [], [.. old.Leases.Skip(1).Select(static lease => new LeaseGrant(lease.Incarnation, lease.SeenView))]),
            readFrom: null);
    }

    private static void CallAgainAndAgain(SimCluster cluster) => cluster.World.After(50, () =>
    {
        cluster.CallWires();
        CallAgainAndAgain(cluster);
    });

    // Nodes that are fenced, or have crashed, come back as others.
    private static void KeepUp(SimCluster cluster, int nodes) => cluster.World.After(cluster.World.Between(1000, 6000), () =>
    {
        cluster.Alive.RemoveAll(static node => node.Member.IsFenced);
        if (cluster.Alive.Count < nodes)
        {
            cluster.Start();
        }

        KeepUp(cluster, nodes);
    });
}
