using Wires;

namespace SocialGraph.Nodes;

/// <summary>What nodes need to host vertices.</summary>
internal static class NodeSettings
{
    // Two rounds of shares may wait for a vertex, and some have very many neighbours.
    private const int MailboxCapacity = 1_000_000;

    /// <summary>Sets it.</summary>
    public static void Apply(WiresOptions wires)
    {
        wires.MailboxCapacity = MailboxCapacity;

        // Nodes share this machine's processors, so a turn can be kept waiting half-way by those of other nodes: that is not its greed.
        wires.GreedyTurn = TimeSpan.FromMilliseconds(200);
    }
}
