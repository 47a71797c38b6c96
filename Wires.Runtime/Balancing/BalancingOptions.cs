namespace Wires.Balancing;

/// <summary>The settings of balancing. All have defaults that work; the times are the same on all nodes of a cluster.</summary>
public sealed class BalancingOptions
{
    /// <summary>Whether the node takes part: moves its wires by load, and takes others'. Only where it is a member of a cluster. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Makes the rule that the node moves its wires by; called once each time that it joins. Default: a <see cref="DefaultBalancingPolicy"/>.</summary>
    public Func<IBalancingPolicy> Policy { get; set; } = static () => new DefaultBalancingPolicy();

    /// <summary>Told each decision of this node to move a wire, with the numbers that it was made on; whether the wire has moved is not known then. Must not block.</summary>
    public Action<BalancingDecision>? OnDecision { get; set; }

    /// <summary>From round to round: how often a node looks at its load, tells it to one other node, and decides. Default: 500 ms.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many entries of load news go into one message, the sender's own included. Grows with the cluster, see <see cref="WindowFor"/>. Default: 16.</summary>
    public int Window { get; set; } = 16;

    /// <summary>News of a node that are older than this move no wires to it. Default: 30 s.</summary>
    public TimeSpan MaxNewsAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times its own load a wire has to find room for at the target: <c>remote + Margin × wire &lt; local</c>. Default: 1.3.</summary>
    public double Margin { get; set; } = 1.3;

    /// <summary>A node begins to send wires away when its load is above the mean by this share of the mean. Default: 0.10.</summary>
    public double StartAbove { get; set; } = 0.10;

    /// <summary>A node that has begun goes on until its load is above the mean by this share of the mean only. Default: 0.03.</summary>
    public double StopAbove { get; set; } = 0.03;

    /// <summary>A node whose load is below this (1 is all its processors) sends no wires away for its load. Default: 0.05.</summary>
    public double IdleBelow { get; set; } = 0.05;

    /// <summary>Targets whose loads differ from the least by up to this share of the mean are as good as the least: one of them is picked at random. Default: 0.05.</summary>
    public double NearMinimum { get; set; } = 0.05;

    /// <summary>How long a wire stays where it has arrived. Doubles with each further move, see <see cref="ResidencyBackoff"/>. Default: 5 s.</summary>
    public TimeSpan MinResidency { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the residency doubles at most; one doubling is forgotten for each 60 s of staying. Default: 5.</summary>
    public int ResidencyBackoff { get; set; } = 5;

    /// <summary>In this time a move has to win back what it costs. Default: 30 s.</summary>
    public TimeSpan Payback { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How much processor time a message costs more, on both sides together, when it goes to another node. Default: 20 µs.</summary>
    public TimeSpan RemoteMessageCost { get; set; } = TimeSpan.FromMicroseconds(20);

    /// <summary>How many wires one round moves at most. Default: 256.</summary>
    public int MaxMovesPerRound { get; set; } = 256;

    /// <summary>How many bytes of state one round moves at most; a single wire may have more. Default: 64 MiB.</summary>
    public long MaxBytesPerRound { get; set; } = 64L * 1024 * 1024;

    /// <summary>Whether wires that talk much are brought together. Default: true.</summary>
    public bool Affinity { get; set; } = true;

    /// <summary>From one proposal of an exchange to the next one by the same node. Default: 1 s.</summary>
    public TimeSpan ExchangePeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What an exchange may leave two loads apart, as a share of their mean. Below <see cref="StartAbove"/>, or exchanges and load moves undo each other. Default: 0.04.</summary>
    public double ExchangeDelta { get; set; } = 0.04;

    /// <summary>How many wires each side offers in an exchange at most. Default: 1,024.</summary>
    public int ExchangeCandidates { get; set; } = 1024;

    /// <summary>One message in so many is counted for affinity. A node counts no more than one in 128, as it times no more turns. Default: 16.</summary>
    public int SampleEvery { get; set; } = 16;

    /// <summary>In this time what was counted for affinity loses half of its weight. Default: 10 s.</summary>
    public TimeSpan AffinityHalfLife { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A node that uses more of its memory than this sends wires out whatever the load says. Default: 0.90.</summary>
    public double MemoryHigh { get; set; } = 0.90;

    /// <summary>It goes on until it uses less than this. Default: 0.85.</summary>
    public double MemoryLow { get; set; } = 0.85;

    /// <summary>How many entries of news a message has in a cluster of so many nodes: four times the root, so that entries are some seconds old at 1,024 nodes too.</summary>
    /// <param name="nodes">How many nodes the cluster has.</param>
    /// <returns>At least <see cref="Window"/>.</returns>
    public int WindowFor(int nodes) => Math.Max(Window, (int)(4 * Math.Sqrt(nodes)));

    /// <summary>The same settings, counting one message in so many.</summary>
    internal BalancingOptions With(int sampleEvery)
    {
        var options = (BalancingOptions)MemberwiseClone();
        options.SampleEvery = sampleEvery;
        return options;
    }
}
