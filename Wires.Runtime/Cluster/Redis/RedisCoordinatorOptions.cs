namespace Wires.Cluster.Redis;

/// <summary>Where the Redis of a cluster is.</summary>
/// <param name="ConnectionString">As the client takes it: <c>host:port,password=…,ssl=true</c>.</param>
/// <param name="ClusterName">Clusters of different names share nothing.</param>
internal sealed record RedisCoordinatorOptions(string ConnectionString, string ClusterName = "default")
{
    /// <summary>How long a call waits for its answer, connecting included. Default: 2 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Throws where the settings cannot work.</summary>
    public static void Validate(RedisCoordinatorOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ConnectionString, nameof(options));
        ArgumentException.ThrowIfNullOrEmpty(options.ClusterName, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero, nameof(options));

        // The name is the keys' hash tag, which ends at the first brace.
        if (options.ClusterName.AsSpan().ContainsAny('{', '}'))
        {
            throw new ArgumentException($"A cluster's name has no braces: '{options.ClusterName}'.", nameof(options));
        }
    }
}
