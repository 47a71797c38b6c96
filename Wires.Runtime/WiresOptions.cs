namespace Wires;

/// <summary>The settings of a node.</summary>
public sealed class WiresOptions
{
    /// <summary>The node's name. Default: the machine's name and the process id.</summary>
    public string? NodeName { get; set; }

    /// <summary>How the node takes part in a cluster; without effect until <see cref="UseRedis"/> makes it a member of one.</summary>
    public WiresClusterOptions Cluster { get; } = new();

    /// <summary>How the node moves its wires by load; without effect outside of a cluster.</summary>
    public Wires.Balancing.BalancingOptions Balancing { get; } = new();

    /// <summary>Makes the node a member of the cluster that nodes on the same Redis form. Redis 6 and later, or Valkey.</summary>
    /// <param name="connectionString">As StackExchange.Redis takes it: <c>host:port</c>, and settings after commas.</param>
    /// <returns>These settings.</returns>
    public WiresOptions UseRedis(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        RedisConnection = connectionString;
        return this;
    }

    internal string? RedisConnection { get; private set; }

    /// <summary>Makes the coordinator of each incarnation; null without a cluster. Set for the nodes of one process.</summary>
    internal Func<Wires.Cluster.ICoordinator>? Coordinator { get; set; }

    /// <summary>What tests put between nodes.</summary>
    internal Func<long, bool>? IsBlocked { get; set; }

    /// <summary>Where tests watch moves of wires, step by step, and hold them.</summary>
    internal Func<MigrationStep, string, Task>? MigrationProbe { get; set; }

    /// <summary>Where tests watch what comes from other nodes, and lose, hold or double it.</summary>
    internal FrameProbe? FrameProbe { get; set; }

    /// <summary>The deadline of a call, from sending it to its answer. <see cref="Timeout.InfiniteTimeSpan"/> for none. Default: 30 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls may wait in a wire's mailbox. Default: 10,000.</summary>
    public int MailboxCapacity { get; set; } = 10_000;

    /// <summary>A turn that runs longer is greedy: it is reported, its thread is compensated for, and repeated offenders run on a lane of their own. Default: 10 ms.</summary>
    public TimeSpan GreedyTurn { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How many threads wires with greedy turns may have for themselves. Default: 4.</summary>
    public int MaxGreedyLanes { get; set; } = 4;

    /// <summary>
    /// How many processors the node's wires may use together, on threads of the node's own: 0.5 has them do half of what one processor does. For nodes that share a machine. Null: all that the
    /// machine has, on the thread pool, which is faster. Default: null.
    /// </summary>
    public double? Processors { get; set; }

    /// <summary>How long a stopping node waits for calls that it has accepted, if the host's own shutdown time-out does not end sooner. Default: 30 s.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many items a stream's producer may be ahead of its consumer. Default: 64.</summary>
    public int StreamCredit { get; set; } = 64;

    /// <summary>Runs calls on their caller's stack where the wire is idle and the method short. Default: true.</summary>
    public bool InlineCalls { get; set; } = true;
}
