namespace Wires.Cluster;

/// <summary>What a node brings into a cluster. The times have to be the same on all its nodes.</summary>
internal sealed record MemberOptions
{
    public required string Name { get; init; }

    /// <summary>host:port, as other members reach it. May be set after the rest, before joining.</summary>
    public string Address { get; set; } = "";

    public double Speed { get; init; } = 1;

    public Guid Build { get; init; }

    /// <summary>The cluster's secret; null takes the one that the founder stored.</summary>
    public byte[]? Secret { get; init; }

    public TimeSpan LeaseLength { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan RenewPeriod { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long before its lease ends a node falls silent, and how much longer others wait: what clocks may differ by in that time.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From look to look at the coordinator.</summary>
    public TimeSpan WatchPeriod { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long members extend each other's leases.</summary>
    public TimeSpan MaxCoordinatorOutage { get; init; } = TimeSpan.FromSeconds(120);

    public TimeSpan CoordinatorTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan PeerTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Founds without waiting for members of a cluster that the coordinator may have lost.</summary>
    public bool FoundAtOnce { get; init; }
}
