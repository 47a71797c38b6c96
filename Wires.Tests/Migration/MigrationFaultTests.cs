using Microsoft.Extensions.DependencyInjection;
using Wires.Migration;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>At each step of a move each of those who take part dies, or is cut off: the wire lives on in at most one place, and its state is lost only with the node that owns it.</summary>
public sealed class MigrationFaultTests
{
    /// <summary>Who takes part.</summary>
    public enum Party
    {
        Source,
        Target,
        Home,
    }

    /// <summary>What befalls it.</summary>
    public enum Fault
    {
        Crash,
        Freeze,
        CutFromTarget,
        CutFromHome,
        CutFromCoordinator,
    }

    /// <summary>Crashes and cuts from the target only, unless WIRES_FAULT_MATRIX is set.</summary>
    private static readonly bool s_all = Environment.GetEnvironmentVariable("WIRES_FAULT_MATRIX") is not null;

    public static TheoryData<string, Party, Fault> All()
    {
        var all = new TheoryData<string, Party, Fault>();
        foreach (MigrationStep step in Enum.GetValues<MigrationStep>())
        {
            foreach (Party party in Enum.GetValues<Party>())
            {
                all.Add(step.ToString(), party, Fault.Crash);
                if (!s_all)
                {
                    continue;
                }

                all.Add(step.ToString(), party, Fault.Freeze);
                all.Add(step.ToString(), party, Fault.CutFromCoordinator);
            }

            if (!s_all && step is (MigrationStep.Taken or MigrationStep.Recorded))
            {
                // What it is told is lost with it, and nothing shows it.
                all.Add(step.ToString(), Party.Target, Fault.Freeze);
            }

            all.Add(step.ToString(), Party.Source, Fault.CutFromTarget);
            if (s_all)
            {
                all.Add(step.ToString(), Party.Source, Fault.CutFromHome);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public Task AStepThatFailsLosesNothingButWithItsOwner(string step, Party party, Fault fault) => RunAsync(Enum.Parse<MigrationStep>(step), party, fault, homeIsSource: false);

    [Theory]
    [InlineData(nameof(MigrationStep.Sent))]
    [InlineData(nameof(MigrationStep.Taken))]
    [InlineData(nameof(MigrationStep.Recorded))]
    [InlineData(nameof(MigrationStep.Released))]
    public async Task WhereTheSourceIsTheHomeItIsTheSame(string name)
    {
        MigrationStep step = Enum.Parse<MigrationStep>(name);
        await RunAsync(step, Party.Source, Fault.Crash, homeIsSource: true);
        await RunAsync(step, Party.Target, Fault.Crash, homeIsSource: true);
    }

    private static async Task RunAsync(MigrationStep at, Party party, Fault fault, bool homeIsSource)
    {
        var log = new LifeLog();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LocalCluster cluster = await LocalCluster.StartAsync(4, options =>
        {
            options.Services.AddSingleton(log);
            options.ConfigureWires = wires =>
            {
                wires.CallTimeout = TimeSpan.FromSeconds(30);
                wires.GreedyTurn = TimeSpan.FromMinutes(5);
                wires.Cluster.LeaseLength = TimeSpan.FromSeconds(2);
                wires.Cluster.RenewPeriod = TimeSpan.FromMilliseconds(250);
                wires.Cluster.MaxCoordinatorOutage = TimeSpan.FromSeconds(3);

                // The only moves are the test's.
                wires.Balancing.Enabled = false;
                wires.MigrationProbe = (step, _) =>
                {
                    if (step == at && reached.TrySetResult())
                    {
                        return goOn.Task;
                    }

                    return Task.CompletedTask;
                };
            };
        }, TestContext.Current.CancellationToken).Within("the cluster does not start");
        (LocalNode source, LocalNode target, LocalNode home, LocalNode caller) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2], cluster.Nodes[3]);
        if (homeIsSource)
        {
            home = source;
        }

        MoverRef wire = await Clusters.HomedAsync<MoverRef>(cluster, caller, home);
        if (!homeIsSource)
        {
            await wire.Add(0).Within();
            Task there = home.Wires.MigrateAsync(wire.Id, source.Name).AsTask();
            if (await Task.WhenAny(there, reached.Task) == reached.Task)
            {
                goOn.SetResult();
                await there.Within("the wire does not come to its source");
                reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        for (int call = 1; call <= 5; call++)
        {
            Assert.Equal(call, await wire.Count(call).Within());
        }

        LocalNode victim = party switch
        {
            Party.Source => source,
            Party.Target => target,
            _ => home,
        };
        Task move = source.Wires.MigrateAsync(wire.Id, target.Name).AsTask();
        await reached.Task.Within("the step is not reached");
        switch (fault)
        {
            case Fault.Crash:
                await cluster.CrashAsync(victim);
                break;
            case Fault.Freeze:
                LocalCluster.Freeze(victim);
                break;
            case Fault.CutFromTarget:
                cluster.Partition(victim, target);
                break;
            case Fault.CutFromHome:
                cluster.Partition(victim, home);
                break;
            case Fault.CutFromCoordinator:
                LocalCluster.CutOffCoordinator(victim);
                break;
        }

        goOn.SetResult();
        if (fault is not Fault.Crash)
        {
            // Shorter and longer than a lease.
            await Task.Delay(at is MigrationStep.Taken or MigrationStep.Recorded ? 3500 : 400, TestContext.Current.CancellationToken);
            cluster.Heal();
            LocalCluster.Thaw(victim);
            LocalCluster.CutOffCoordinator(victim, isCut: false);
        }

        await Task.WhenAny(move, Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await Clusters.SettledAsync(cluster);

        // Some calls may be lost with a connection; the wire is served again.
        int count = await CountAsync(wire).WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);
        Assert.Empty(log.Violations);

        // The target owns it once it has said so: before, the source goes on. Cut off from the coordinator only, it says so, and loses its lease after.
        bool mayBeLost = fault switch
        {
            Fault.Crash or Fault.Freeze => party == Party.Source || (party == Party.Target && at == MigrationStep.Released),
            Fault.CutFromCoordinator => party == Party.Target && at is (MigrationStep.Taken or MigrationStep.Recorded),
            _ => false,
        };
        bool survived = count >= 6;
        Assert.True(survived || mayBeLost, $"{at} {party} {fault}: the wire lost its state ({count}), {log.Lost} lives were lost");

        // Where home and host were one node, nobody may be left that knew the wire there.
        Assert.True(survived || log.Lost > 0 || homeIsSource, $"{at} {party} {fault}: the wire lost its state and was not told so");

        static async Task<int> CountAsync(MoverRef wire)
        {
            for (long call = 100; ; call++)
            {
                try
                {
                    return await wire.Count(call);
                }
                catch (Exception e) when (e is WireException or WireTimeoutException)
                {
                    await Task.Delay(50, TestContext.Current.CancellationToken);
                }
            }
        }
    }
}
