using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Wires;

/// <summary>How a node takes part in a cluster: <see cref="WiresOptions.Cluster"/>. All have defaults that work.</summary>
public sealed class WiresClusterOptions
{
    /// <summary>The name of the cluster: nodes that name the same Redis and the same cluster find each other. Default: "default".</summary>
    public string Name { get; set; } = "default";

    /// <summary>The IP address and port that other nodes reach this one at, as <c>10.0.0.7:11000</c>. Port 0: a free one. Default: a free port of the local address of the Redis connection.</summary>
    public string? Listen { get; set; }

    /// <summary>What is told to other nodes in place of the address that is listened at, where they reach it by another one.</summary>
    public string? Advertise { get; set; }

    /// <summary>What nodes prove to each other that they know. Default: a random one, which the first node leaves in Redis.</summary>
    public string? Secret { get; set; }

    /// <summary>
    /// How much of the cluster's wires this node gets, against others. Default: its number of processors; where wires move by load, each counts as fast as it was measured at start.
    /// </summary>
    public double Speed
    {
        get => SetSpeed ?? Environment.ProcessorCount;
        set => SetSpeed = value;
    }

    /// <summary>The speed, where somebody has set it.</summary>
    internal double? SetSpeed { get; private set; }

    /// <summary>For how long a node that is not heard of counts as alive. Default: 10 s.</summary>
    public TimeSpan LeaseLength { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a node renews its lease. Default: 3 s.</summary>
    public TimeSpan RenewPeriod { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>For how long the nodes may keep each other alive while Redis is away. Default: 120 s.</summary>
    public TimeSpan MaxCoordinatorOutage { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a call of Redis may take. Default: 2 s.</summary>
    public TimeSpan CoordinatorTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Founds a new cluster at once where Redis holds none. Otherwise the first node waits for the length of a lease first, as Redis may just have lost what it knew of a
    /// cluster that still runs. Default: false.
    /// </summary>
    public bool FoundAtOnce { get; set; }

    /// <summary>The largest message between nodes, in bytes. Default: 64 MiB.</summary>
    public int MaxFrameBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many bytes of state of wires that come from other nodes are taken at once. Default: 1 GiB.</summary>
    public long MaxArrivingBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>For how long a wire that is to move and cannot at once is waited for: until its methods have ended. Default: 5 s.</summary>
    public TimeSpan MigrationPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Of so many wires on other nodes a node remembers the way, whether it still calls them or not. Default: 65,536.</summary>
    internal int MaxIdleRoutes { get; set; } = 64 * 1024;

    /// <summary>For how long a node may take to rebuild wires that come to it. Tests that lose the question do not want to wait for so long.</summary>
    internal TimeSpan RebuildPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes no wires of other nodes; those of its own slots still come to life here. Default: false.</summary>
    public bool RefusesGuests { get; set; }

    /// <summary>How many connections of other nodes are accepted. Default: 1,024.</summary>
    public int MaxConnections { get; set; } = 1024;

    /// <summary>Turns TLS on: what this node proves itself with to those that connect to it.</summary>
    public X509Certificate2? ServerCertificate { get; set; }

    /// <summary>What this node proves itself with to those that it connects to.</summary>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>Refuses nodes that connect without a certificate. Default: false.</summary>
    public bool RequireClientCertificate { get; set; }

    /// <summary>Judges the certificates of other nodes. Default: the system's rules.</summary>
    public RemoteCertificateValidationCallback? ValidateCertificate { get; set; }

    /// <summary>The name that the certificates of other nodes are for.</summary>
    public string? TlsTargetHost { get; set; }
}
