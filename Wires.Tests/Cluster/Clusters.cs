using Wires.Remoting;
using Wires.Tests.Runtime;

namespace Wires.Tests.Cluster;

/// <summary>Clusters for tests, and wires in chosen places of them.</summary>
internal static class Clusters
{
    /// <summary>Starts a cluster.</summary>
    /// <param name="nodes">How many.</param>
    /// <param name="configure">What else is to be set.</param>
    /// <param name="node">The same, of local nodes.</param>
    /// <param name="shortLeases">A crash is over in a second or two. For tests of one only: a machine that stands still for so long fences nodes that are none of the test's.</param>
    public static Task<LocalCluster> StartAsync(int nodes, Action<WiresOptions>? configure = null, Action<LocalNodeOptions>? node = null, bool shortLeases = false) => LocalCluster.StartAsync(nodes, options =>
    {
        options.ConfigureWires = wires =>
        {
            wires.GreedyTurn = TimeSpan.FromMinutes(5);
            wires.Cluster.LeaseLength = TimeSpan.FromSeconds(shortLeases ? 2 : 10);
            wires.Cluster.RenewPeriod = TimeSpan.FromMilliseconds(500);

            // Tests put wires where they want them.
            wires.Balancing.Enabled = false;
            configure?.Invoke(wires);
        };
        node?.Invoke(options);
    }).Within("the cluster does not start");

    /// <summary>Refs on <paramref name="from"/> to wires whose home is <paramref name="home"/>, once every node knows that it is.</summary>
    public static async Task<TRef[]> HomedAsync<TRef>(LocalCluster cluster, LocalNode from, LocalNode home, int count)
        where TRef : struct, IWireRef<TRef>
    {
        await SettledAsync(cluster);
        var found = new List<TRef>();
        for (int i = 0; found.Count < count; i++)
        {
            string key = $"k{i}";
            if (home.Inner.Cluster!.Locate(HandleOf(home.Wires.Get<TRef>(key)), out _) == Whereabouts.Here)
            {
                found.Add(from.Wires.Get<TRef>(key));
            }
        }

        return [.. found];
    }

    public static async Task<TRef> HomedAsync<TRef>(LocalCluster cluster, LocalNode from, LocalNode home)
        where TRef : struct, IWireRef<TRef> => (await HomedAsync<TRef>(cluster, from, home, 1))[0];

    /// <summary>What a ref points to, on its own node.</summary>
    public static Infrastructure.WireHandle HandleOf<TRef>(TRef wire)
        where TRef : struct, IWireRef<TRef> => wire.Handle!;

    /// <summary>The same wire, as another node names it.</summary>
    public static TRef On<TRef>(WireKey key, LocalNode node)
        where TRef : struct, IWireRef<TRef> => key.TryGetString(out string? text) ? node.Wires.Get<TRef>(text) : throw new ArgumentException("Not a key of these tests.", nameof(key));

    /// <summary>Calls until it is answered.</summary>
    public static async Task<T> RetryAsync<T>(Func<ValueTask<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is WireException or WireTimeoutException)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>Has a node hear a frame that was held, on this thread.</summary>
    public static void Hear(ClusterNode node, Wires.Transport.Connection connection, byte[] frame)
    {
        node.Hear(connection, frame);

        // What it has woken would wait for this thread's next frame.
        node.OnBatchEnd(connection)?.Execute();
    }

    /// <summary>Moves a wire to a node.</summary>
    public static Task MoveAsync(WireId wire, LocalNode to) => to.Wires.MigrateAsync(wire, to.Name, Xunit.TestContext.Current.CancellationToken).Within($"{wire} does not move to {to}");

    /// <summary>Moves a wire about until the end.</summary>
    /// <returns>How often it has moved.</returns>
    public static async Task<int> MoveAboutAsync(LocalCluster cluster, WireId wire, Func<ValueTask<string>> call, int seed, CancellationToken end)
    {
        // Only what is alive can move.
        await call();
        var random = new Random(seed);
        int moves = 0;
        while (!end.IsCancellationRequested)
        {
            await MoveAsync(wire, cluster.Nodes[random.Next(cluster.Nodes.Count)]);
            moves++;
            await Task.Delay(random.Next(10), CancellationToken.None);
        }

        return moves;
    }

    /// <summary>Completes once each slot is ready at exactly one node, the one that it belongs to, and all nodes agree on the view. Before, slots are still to be handed over.</summary>
    public static async Task SettledAsync(LocalCluster cluster)
    {
        try
        {
            await SettleAsync(cluster);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            throw new InvalidOperationException($"{e.Message}\n{string.Join("\n", cluster.Nodes.Select(Describe))}", e);
        }
    }

    /// <summary>Completes once a method of a wire has begun and is suspended: before its call has come, the wire is at rest, and may go.</summary>
    public static Task SuspendedAsync<TRef>(LocalCluster cluster, TRef wire)
        where TRef : struct, IWireRef<TRef> => Waits.Until(
            () => cluster.Nodes.Any(node => node.Inner.Directory.Find(HandleOf(On<TRef>(HandleOf(wire).Key, node))) is { IsClosed: false, SuspendedCalls_OnTurn: > 0 }),
            $"no method of {HandleOf(wire).Id} is suspended");

    /// <summary>Stops a cluster in which no call and no stream is under way any more, and nothing is kept of those that were.</summary>
    public static async Task EndAsync(LocalCluster cluster)
    {
        try
        {
            await Waits.Until(
                () => cluster.Nodes.All(static node => node.Inner.Cluster!.Offers + node.Inner.Cluster!.Adoptions == 0),
                () => $"kept, and nobody asks for them: {string.Join(", ", cluster.Nodes.Select(static node => $"{node.Inner.Cluster!.Offers} streams and {node.Inner.Cluster!.Adoptions} calls on {node}"))}");
        }
        finally
        {
            // Or other tests would measure what it does.
            await cluster.DisposeAsync().Within("the cluster does not stop");
        }
    }

    private static string Describe(LocalNode node)
    {
        Wires.Cluster.ClusterMember? member = node.Inner.Cluster?.Member;
        return member?.CurrentView is not { } view ? $"{node}: no member (fenced: {member?.IsFenced})"
            : $"{node}: fenced {member.IsFenced}, silent in {member.SilentFrom - Environment.TickCount64} ms, view {view.Number} (members {view.MembersNumber}: {string.Join(", ", view.Members.Select(static m => m.Name))}; before {view.PreviousMembersNumber}: {view.PreviousMembers.Length}, {view.AcknowledgementsNeeded} needed), "
                + string.Join(", ", Enumerable.Range(0, Wires.Cluster.Slots.Count).GroupBy(member.StateOf).Select(static g => $"{g.Count()} {g.Key}"));
    }

    private static Task SettleAsync(LocalCluster cluster) => Waits.Until(
        () =>
        {
            IReadOnlyList<LocalNode> nodes = cluster.Nodes;
            Wires.Cluster.View? view = nodes.Select(static node => node.Inner.Cluster?.Member?.CurrentView).MaxBy(static view => view?.Number ?? 0);
            return view is not null
                && nodes.All(node => node.Inner.Cluster?.Member is { IsFenced: false, CurrentView: { } seen } && seen.Number == view.Number && seen.Members.Length == nodes.Count)
                && Enumerable.Range(0, Wires.Cluster.Slots.Count).All(slot =>
                    nodes.Where(node => node.Inner.Cluster!.Member!.StateOf(slot) == Wires.Cluster.SlotState.Ready).Select(static node => node.Inner.Cluster!.Incarnation).ToArray() is [var owner]
                    && owner == Wires.Cluster.Slots.OwnerOf(slot, view.Members)?.Incarnation);
        },
        "the cluster does not settle");
}
