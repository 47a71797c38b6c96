using Microsoft.Extensions.Options;

namespace Wires.Hosting;

/// <summary>Says what is wrong with a node's settings before the node starts.</summary>
internal sealed class WiresOptionsValidator : IValidateOptions<WiresOptions>
{
    public ValidateOptionsResult Validate(string? name, WiresOptions options)
    {
        List<string> failures = [];
        if (options.NodeName is { } node && string.IsNullOrWhiteSpace(node))
        {
            failures.Add($"{nameof(WiresOptions.NodeName)} is blank: leave it null for a name made of the machine's name and the process id.");
        }

        CheckTime(options.CallTimeout, nameof(WiresOptions.CallTimeout), mayBeInfinite: true);
        CheckTime(options.StopTimeout, nameof(WiresOptions.StopTimeout), mayBeInfinite: true);
        CheckTime(options.GreedyTurn, nameof(WiresOptions.GreedyTurn), mayBeInfinite: false);
        CheckCount(options.MailboxCapacity, nameof(WiresOptions.MailboxCapacity), 1);
        CheckCount(options.StreamCredit, nameof(WiresOptions.StreamCredit), 1);
        CheckCount(options.MaxGreedyLanes, nameof(WiresOptions.MaxGreedyLanes), 0);
        CheckCluster(options.Cluster);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void CheckCluster(WiresClusterOptions cluster)
        {
            const string Prefix = nameof(WiresOptions.Cluster) + ".";
            CheckTime(cluster.LeaseLength, Prefix + nameof(cluster.LeaseLength), mayBeInfinite: false);
            CheckTime(cluster.RenewPeriod, Prefix + nameof(cluster.RenewPeriod), mayBeInfinite: false);
            CheckTime(cluster.MaxCoordinatorOutage, Prefix + nameof(cluster.MaxCoordinatorOutage), mayBeInfinite: false);
            CheckTime(cluster.CoordinatorTimeout, Prefix + nameof(cluster.CoordinatorTimeout), mayBeInfinite: false);
            CheckCount(cluster.MaxFrameBytes, Prefix + nameof(cluster.MaxFrameBytes), 1024);
            CheckCount(cluster.MaxConnections, Prefix + nameof(cluster.MaxConnections), 1);
            if (cluster.RenewPeriod * 2 > cluster.LeaseLength)
            {
                failures.Add($"{Prefix}{nameof(cluster.RenewPeriod)} is {cluster.RenewPeriod}: it must be at most half of {nameof(cluster.LeaseLength)} ({cluster.LeaseLength}), or one late renewal cuts the node off.");
            }

            if (!double.IsFinite(cluster.Speed) || cluster.Speed <= 0)
            {
                failures.Add($"{Prefix}{nameof(cluster.Speed)} is {cluster.Speed}: it must be positive. To keep wires off a node, stop it or give it a very small speed.");
            }

            if (cluster.Secret is { Length: < 16 })
            {
                failures.Add($"{Prefix}{nameof(cluster.Secret)} has {cluster.Secret.Length} characters: it must have at least 16. Leave it null for a random one that is kept in Redis.");
            }

            if (cluster.Listen is { } listen && !(System.Net.IPEndPoint.TryParse(listen, out _) && listen.Contains(':', StringComparison.Ordinal)))
            {
                failures.Add($"{Prefix}{nameof(cluster.Listen)} is '{listen}': it must be an IP address and a port, as 10.0.0.7:11000.");
            }

            if (string.IsNullOrWhiteSpace(cluster.Name) || cluster.Name.AsSpan().ContainsAny('{', '}'))
            {
                failures.Add($"{Prefix}{nameof(cluster.Name)} is '{cluster.Name}': it must be a name without braces.");
            }
        }

        void CheckTime(TimeSpan value, string option, bool mayBeInfinite)
        {
            if (value <= TimeSpan.Zero && !(mayBeInfinite && value == Timeout.InfiniteTimeSpan))
            {
                failures.Add($"{option} is {value}: it must be positive{(mayBeInfinite ? ", or Timeout.InfiniteTimeSpan for none" : "")}.");
            }
        }

        void CheckCount(int value, string option, int least)
        {
            if (value < least)
            {
                failures.Add($"{option} is {value}: it must be at least {least}.");
            }
        }
    }
}
