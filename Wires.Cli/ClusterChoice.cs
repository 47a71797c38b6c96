using System.CommandLine;

namespace Wires.Cli;

/// <summary>The options that all verbs have: which cluster is meant.</summary>
internal static class ClusterChoice
{
    private static readonly Option<string> s_redis = new("--redis")
    {
        Description = "The Redis that the nodes share, as host:port. Default: $WIRES_REDIS, else localhost:6379.",
        Recursive = true,
        DefaultValueFactory = static _ => Environment.GetEnvironmentVariable("WIRES_REDIS") ?? "localhost:6379",
    };

    private static readonly Option<string> s_cluster = new("--cluster")
    {
        Description = "The name of the cluster. Default: $WIRES_CLUSTER, else default.",
        Recursive = true,
        DefaultValueFactory = static _ => Environment.GetEnvironmentVariable("WIRES_CLUSTER") ?? "default",
    };

    private static readonly Option<string?> s_secret = new("--secret")
    {
        Description = "The secret that the nodes were given. Default: $WIRES_SECRET, else the one that they left in Redis.",
        Recursive = true,
    };

    private static readonly Option<string?> s_tlsHost = new("--tls-host")
    {
        Description = "Connects by TLS; the name that the nodes' certificates are for.",
        Recursive = true,
    };

    public static void AddTo(Command root)
    {
        root.Add(s_redis);
        root.Add(s_cluster);
        root.Add(s_secret);
        root.Add(s_tlsHost);
    }

    public static Task<WireOperatorClient> ConnectAsync(ParseResult arguments, CancellationToken cancellation) => WireOperatorClient.ConnectAsync(
        options =>
        {
            options.UseRedis(arguments.GetRequiredValue(s_redis));
            options.Cluster.Name = arguments.GetRequiredValue(s_cluster);
            options.Cluster.Secret = arguments.GetValue(s_secret) ?? Environment.GetEnvironmentVariable("WIRES_SECRET");
            options.Cluster.TlsTargetHost = arguments.GetValue(s_tlsHost);
        },
        cancellation);
}
