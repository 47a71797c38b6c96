using Microsoft.Extensions.Options;
using Wires.Balancing;

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
        if (options.Processors is { } processors && !(processors is > 0 and <= 1024))
        {
            failures.Add($"{nameof(WiresOptions.Processors)} is {processors}: it must be above 0, and 1024 at most. Leave it null for all processors, on the thread pool.");
        }

        CheckCluster(options.Cluster);
        CheckBalancing(options.Balancing);
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

        void CheckBalancing(BalancingOptions balancing)
        {
            const string Prefix = nameof(WiresOptions.Balancing) + ".";
            CheckTime(balancing.Period, Prefix + nameof(balancing.Period), mayBeInfinite: false);
            CheckTime(balancing.ExchangePeriod, Prefix + nameof(balancing.ExchangePeriod), mayBeInfinite: false);
            CheckTime(balancing.Payback, Prefix + nameof(balancing.Payback), mayBeInfinite: false);
            CheckTime(balancing.AffinityHalfLife, Prefix + nameof(balancing.AffinityHalfLife), mayBeInfinite: false);
            CheckTime(balancing.RemoteMessageCost, Prefix + nameof(balancing.RemoteMessageCost), mayBeInfinite: false);
            CheckCount(balancing.Window, Prefix + nameof(balancing.Window), 1);
            CheckCount(balancing.MaxMovesPerRound, Prefix + nameof(balancing.MaxMovesPerRound), 1);
            CheckCount(balancing.ExchangeCandidates, Prefix + nameof(balancing.ExchangeCandidates), 1);
            if (balancing.StopAbove > balancing.StartAbove)
            {
                failures.Add($"{Prefix}{nameof(balancing.StopAbove)} is {balancing.StopAbove}: it must be at most {nameof(balancing.StartAbove)} ({balancing.StartAbove}), or a node ceases to send wires away before it begins.");
            }

            if (balancing.MemoryLow > balancing.MemoryHigh)
            {
                failures.Add($"{Prefix}{nameof(balancing.MemoryLow)} is {balancing.MemoryLow}: it must be at most {nameof(balancing.MemoryHigh)} ({balancing.MemoryHigh}).");
            }

            if (balancing.Policy is null)
            {
                failures.Add($"{Prefix}{nameof(balancing.Policy)} is null: it must make a policy. To turn balancing off, set {nameof(balancing.Enabled)} to false.");
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
