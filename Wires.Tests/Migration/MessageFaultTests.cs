using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Wires.Migration;
using Wires.Remoting;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>
/// Each message of a move is lost, comes late, or comes twice: the wire lives in one place all the time, with its state, and its callers keep their order. By TCP a message is lost only with its
/// connection, and never comes twice; but it is asked again, and what was under way on a connection that broke is read after what came by the next one.
/// </summary>
public sealed class MessageFaultTests
{
    /// <summary>Parts of a wire's image.</summary>
    public const int Parts = 4;

    /// <summary>For how long a target may take to rebuild a wire.</summary>
    public const int RebuildSeconds = 2;

    /// <summary>For how long a wire that is to move is waited for.</summary>
    public const int MigrationSeconds = 1;

    /// <summary>Source and target are two of four nodes.</summary>
    private const int Lanes = 12;

    private const int Ballast = ((Parts - 1) * 64 * 1024) + 1000;

    /// <summary>WIRES_FAULT_MATRIX=1 runs many seeds; WIRES_SEED one in particular.</summary>
    private static readonly bool s_all = Environment.GetEnvironmentVariable("WIRES_FAULT_MATRIX") is not null;

    /// <summary>Those that take the longest first.</summary>
    private static readonly byte[] s_questions =
        [MigrationQuestion.Move, MigrationQuestion.Offer, MigrationQuestion.Prepare, MigrationQuestion.Record, MigrationQuestion.Take, MigrationQuestion.Release, MigrationQuestion.Drop];

    private long _lastCall;

    public static TheoryData<int, Mishap> All()
    {
        var all = new TheoryData<int, Mishap>();
        int first = Environment.GetEnvironmentVariable("WIRES_SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 1;
        for (int i = 0; i < (s_all ? 10 : 1); i++)
        {
            foreach (Mishap mishap in Enum.GetValues<Mishap>())
            {
                all.Add(first + i, mishap);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task AWireLivesInOnePlaceWhateverBecomesOfAMessage(int seed, Mishap mishap)
    {
        var log = new LifeLog();
        List<Case> cases = CasesOf(mishap, new Random(seed));
        await using LocalCluster cluster = await Clusters.StartAsync(
            4,
            options =>
            {
                // Nobody dies here, but the machine may be busy.
                options.Cluster.LeaseLength = TimeSpan.FromSeconds(10);
                options.Cluster.RenewPeriod = TimeSpan.FromSeconds(3);
                options.Cluster.MigrationPatience = TimeSpan.FromSeconds(MigrationSeconds);
                options.Cluster.RebuildPatience = TimeSpan.FromSeconds(RebuildSeconds);
                options.FrameProbe = (node, connection, frame) =>
                {
                    bool isHeard = true;
                    foreach (Case one in cases)
                    {
                        foreach (FrameFault fault in one.Faults)
                        {
                            isHeard &= fault.Pass(node, connection, frame);
                        }
                    }

                    return isHeard;
                };
            },
            node => node.Services.AddSingleton(log));
        await PlaceAsync(cluster, cases);

        // Cases of the same two nodes one after the other, all others at once.
        await Task.WhenAll(cases.GroupBy(static one => one.Lane).Select(lane => Task.Run(() => RunAllAsync(cluster, lane, mishap))));
        Assert.All(cases, one => Assert.True(one.Failure is null, $"seed {seed}: {one}: {one.Failure}"));
        Assert.Empty(log.Violations);

        // Nothing is left behind that would keep it.
        await Task.WhenAll(cases.Select(one => GoHomeAsync(cluster, one)));
        Assert.All(cases, one => Assert.True(one.Failure is null, $"seed {seed}: {one}: {one.Failure}"));
        Assert.Empty(log.Violations);
        Assert.All(cluster.Nodes, static node => Assert.Equal(0, node.Inner.Cluster!.Migrator.Arriving));
    }

    private static List<Case> CasesOf(Mishap mishap, Random random)
    {
        List<Case> cases = [new Case([new FrameFault(0, isAnswer: false, mishap, random.Next())])];
        foreach (byte kind in s_questions)
        {
            foreach (bool isAnswer in new[] { false, true })
            {
                var fault = new FrameFault(kind, isAnswer, mishap, random.Next());

                // The target is told to drop a wire only if it is not known whether it has taken it.
                cases.Add(new Case(kind == MigrationQuestion.Drop ? [new FrameFault(MigrationQuestion.Take, isAnswer: true, Mishap.Swallowed, 0), fault] : [fault]));
            }
        }

        for (int i = 0; i < cases.Count; i++)
        {
            // A connection that is lost takes along what others have on it: those go one after the other.
            cases[i].Lane = mishap == Mishap.Lost ? 0 : i < Lanes ? i : (2 * Lanes) - 1 - i;
        }

        return cases;
    }

    /// <summary>Puts each wire on its source; its home is neither that nor the target.</summary>
    private static async Task PlaceAsync(LocalCluster cluster, List<Case> cases)
    {
        await Clusters.SettledAsync(cluster);
        (int Source, int Target)[] pairs = [.. Enumerable.Range(0, 16).Select(static i => (i / 4, i % 4)).Where(static pair => pair.Item1 != pair.Item2)];
        int key = 0;
        foreach (Case one in cases)
        {
            (one.Source, one.Target) = (cluster.Nodes[pairs[one.Lane].Source], cluster.Nodes[pairs[one.Lane].Target]);
            LocalNode[] others = [.. cluster.Nodes.Where(node => node != one.Source && node != one.Target)];
            (one.Home, one.Caller) = (others[0], others[1]);
            do
            {
                one.Key = $"[{key++}]";
            }
            while (one.Home.Inner.Cluster!.Locate(Clusters.HandleOf(one.Home.Wires.Get<MoverRef>(one.Key)), out _) != Whereabouts.Here);
            MoverRef wire = one.Caller.Wires.Get<MoverRef>(one.Key);
            await wire.Load(Ballast, key).Within();
            one.Sum = await wire.Check().Within();
            await one.Home.Wires.MigrateAsync(wire.Id, one.Source.Name).Within();
            foreach (FrameFault fault in one.Faults)
            {
                (fault.Source, fault.Target, fault.Key) = (one.Source, one.Target, one.Key);
            }
        }
    }

    private async Task RunAllAsync(LocalCluster cluster, IEnumerable<Case> lane, Mishap mishap)
    {
        foreach (Case one in lane)
        {
            try
            {
                await RunAsync(cluster, one, mishap);
            }
            catch (Exception e)
            {
                one.Failure = e;
            }
        }
    }

    private async Task RunAsync(LocalCluster cluster, Case one, Mishap mishap)
    {
        using var end = new CancellationTokenSource();
        Task[] callers = [.. cluster.Nodes.Select(node => Task.Run(() => CallAsync(node, one, mishap, end.Token)))];
        one.Faults.ForEach(static fault => fault.IsArmed = true);
        MoverRef wire = one.Caller.Wires.Get<MoverRef>(one.Key);
        bool hasMoved = true;
        try
        {
            await one.Caller.Wires.MigrateAsync(wire.Id, one.Target.Name).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (Exception e) when (e is WireException or WireTimeoutException)
        {
            hasMoved = false;
        }

        Assert.All(one.Faults, static fault => Assert.True(fault.HasStruck, $"{fault} does not come to pass"));
        await Task.Delay(100);
        string where = await Clusters.RetryAsync(wire.Where).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(where == one.Target.Name || (!hasMoved && where == one.Source.Name), $"it is at {where}");
        Assert.Equal(one.Sum, await Clusters.RetryAsync(wire.Check).WaitAsync(TimeSpan.FromSeconds(10)));
        await end.CancelAsync();
        await Task.WhenAll(callers);
        one.Faults.ForEach(static fault => fault.IsArmed = false);
    }

    private static async Task GoHomeAsync(LocalCluster cluster, Case one)
    {
        MoverRef wire = one.Caller.Wires.Get<MoverRef>(one.Key);
        long until = Environment.TickCount64 + 20_000;
        while (true)
        {
            try
            {
                await one.Caller.Wires.MigrateAsync(wire.Id, one.Home.Name).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
                break;
            }
            catch (Exception e) when (e is WireException && Environment.TickCount64 < until)
            {
                // The move before may not quite be over.
                await Task.Delay(50);
            }
        }

        foreach (LocalNode node in cluster.Nodes)
        {
            Assert.Equal(one.Sum, await node.Wires.Get<MoverRef>(one.Key).Check().Within());
        }
    }

    /// <summary>Calls all the time, two calls at once; none overtakes another, what was answered is not forgotten, and only what was under way on a connection that broke may fail.</summary>
    private async Task CallAsync(LocalNode node, Case one, Mishap mishap, CancellationToken end)
    {
        MoverRef wire = node.Wires.Get<MoverRef>(one.Key);
        int number = 0;
        int answered = 0;
        while (!end.IsCancellationRequested)
        {
            (int first, int second) = (++number, ++number);
            Task<int>[] calls = [FollowAsync(first), FollowAsync(second)];
            foreach ((Task<int> call, int of) in calls.Zip([first, second]))
            {
                try
                {
                    int before = await call.WaitAsync(TimeSpan.FromSeconds(25), CancellationToken.None);
                    Assert.InRange(before, mishap == Mishap.Lost ? answered : of - 1, of - 1);
                    answered = of;
                }
                catch (WireException) when (mishap == Mishap.Lost)
                {
                    // Under way as the connection broke.
                }
            }

            await Task.Delay(2, CancellationToken.None);
        }

        async Task<int> FollowAsync(int of) => await wire.Follow(node.Name, of, Interlocked.Increment(ref _lastCall));
    }

    private sealed class Case(List<FrameFault> faults)
    {
        public List<FrameFault> Faults { get; } = faults;

        public int Lane { get; set; }

        public LocalNode Source { get; set; } = null!;

        public LocalNode Target { get; set; } = null!;

        public LocalNode Home { get; set; } = null!;

        public LocalNode Caller { get; set; } = null!;

        public string Key { get; set; } = "";

        public int Sum { get; set; }

        public Exception? Failure { get; set; }

        public override string ToString() => Faults[^1].ToString();
    }
}
