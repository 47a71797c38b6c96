using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>Nodes crash, freeze, are cut off, join and leave at random while callers call: no wire is ever alive twice, and no call runs twice.</summary>
public sealed class ChaosTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(8);

    /// <summary>Seconds of chaos for each seed; WIRES_CHAOS_SECONDS makes it a long run.</summary>
    private static readonly int s_seconds = int.TryParse(Environment.GetEnvironmentVariable("WIRES_CHAOS_SECONDS"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 6;

    [Theory]
    [InlineData(20261125)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task NoWireIsAliveTwiceWhateverHappensToItsNodes(int seed)
    {
        var log = new LifeLog();
        await using LocalCluster cluster = await Clusters.StartAsync(
            3,
            static options =>
            {
                options.CallTimeout = s_deadline;
                options.Balancing.Enabled = true;
                options.Cluster.LeaseLength = TimeSpan.FromSeconds(1);
                options.Cluster.RenewPeriod = TimeSpan.FromMilliseconds(250);

                // So many may crash at once that no majority is left: then the rest wait for as long as those might have been extended.
                options.Cluster.MaxCoordinatorOutage = TimeSpan.FromSeconds(3);
            },
            node => node.Services.AddSingleton(log));
        using var end = new CancellationTokenSource();
        var tally = new Tally();
        Task[] callers = [.. Enumerable.Range(0, 8).Select(caller => Task.Run(() => CallAsync(cluster, log, tally, caller, seed, end.Token)))];
        var random = new Random(seed);
        var story = new List<string>();
        long stop = Environment.TickCount64 + (s_seconds * 1000);
        while (Environment.TickCount64 < stop)
        {
            story.Add(await DisturbAsync(cluster, random));
            await Task.Delay(random.Next(50, 600), TestContext.Current.CancellationToken);
        }

        cluster.Heal();
        foreach (LocalNode node in cluster.Nodes)
        {
            LocalCluster.Thaw(node);
            LocalCluster.CutOffCoordinator(node, isCut: false);
        }

        await end.CancelAsync();
        await Task.WhenAll(callers).Within($"seed {seed}: a caller hangs. {string.Join("; ", story)}");
        string what = $"seed {seed}: {string.Join("; ", story)}";
        Assert.True(log.Violations.Count == 0, $"{what}\n{string.Join("\n", log.Violations.Take(20))}");
        Assert.True(tally.Answered > 0, what);
        Assert.True(tally.Slowest <= s_deadline + TimeSpan.FromSeconds(4), $"{what}: a call took {tally.Slowest}");

        // Healed, the cluster serves every wire again.
        await Clusters.SettledAsync(cluster);
        WitnessRef survivor = cluster.Nodes[0].Wires.Get<WitnessRef>("w0");
        await survivor.Count(0).Within(what);
    }

    private static async Task<string> DisturbAsync(LocalCluster cluster, Random random)
    {
        IReadOnlyList<LocalNode> nodes = cluster.Nodes;
        LocalNode node = nodes[random.Next(nodes.Count)];
        switch (random.Next(8))
        {
            case 0 when nodes.Count > 2:
                await cluster.CrashAsync(node);
                return $"{node} crashes";
            case 1 when nodes.Count > 2:
                using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
                {
                    await cluster.StopAsync(node, patience.Token);
                }

                return $"{node} stops";
            case 2 or 3 when nodes.Count < 5:
                return $"{await cluster.AddAsync()} joins";
            case 4:
                LocalCluster.Freeze(node);
                await Task.Delay(random.Next(100, 2500));
                LocalCluster.Thaw(node);
                return $"{node} is frozen for a while";
            case 5:
                LocalNode other = nodes[random.Next(nodes.Count)];
                cluster.Partition(node, other);
                return $"{node} and {other} are cut off from each other";
            case 6:
                LocalCluster.CutOffCoordinator(node, random.Next(2) == 0);
                return $"{node} loses the coordinator, or finds it again";
            default:
                cluster.Heal();
                return "all cuts heal";
        }
    }

    private static async Task CallAsync(LocalCluster cluster, LifeLog log, Tally tally, int caller, int seed, CancellationToken end)
    {
        var random = new Random(HashCode.Combine(seed, caller));
        for (long i = 1; !end.IsCancellationRequested; i++)
        {
            IReadOnlyList<LocalNode> nodes = cluster.Nodes;
            LocalNode from = nodes[random.Next(nodes.Count)];
            long call = ((long)(caller + 1) << 32) | i;
            long started = Environment.TickCount64;
            try
            {
                await from.Wires.Get<WitnessRef>(string.Create(CultureInfo.InvariantCulture, $"w{random.Next(40)}")).Count(call);
                tally.Answer(log.HasRun(call) ? null : $"call {call} was answered and has not run");
            }
            catch (WireException e)
            {
                tally.Fail(e.IsRefused && log.HasRun(call) ? $"call {call} has run and was refused: {e.Message}" : null);
            }
            catch (WireTimeoutException)
            {
                tally.Fail(null);
            }

            tally.Took(TimeSpan.FromMilliseconds(Environment.TickCount64 - started));
        }

        Assert.Empty(tally.Lies);
    }

    private sealed class Tally
    {
        private readonly ConcurrentQueue<string> _lies = new();
        private readonly Lock _lock = new();
        private int _answered;

        public int Answered => _answered;

        public TimeSpan Slowest { get; private set; }

        public IReadOnlyCollection<string> Lies => _lies;

        public void Answer(string? lie)
        {
            Interlocked.Increment(ref _answered);
            Fail(lie);
        }

        public void Fail(string? lie)
        {
            if (lie is not null)
            {
                _lies.Enqueue(lie);
            }
        }

        public void Took(TimeSpan time)
        {
            lock (_lock)
            {
                Slowest = time > Slowest ? time : Slowest;
            }
        }
    }
}
