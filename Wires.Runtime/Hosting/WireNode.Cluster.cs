using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Remoting;
using Wires.Transport;

namespace Wires;

// A node as a member of a cluster. Cut off from it, the node ends as one incarnation and joins again as another.
internal sealed partial class WireNode
{
    private static readonly TimeSpan s_firstRejoin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestRejoin = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ended = new();
    private volatile ClusterNode? _cluster;
    private Task? _join;

    /// <summary>The node's present incarnation in its cluster; null without one.</summary>
    public ClusterNode? Cluster => _cluster;

    /// <summary>Joins the cluster, once; the first who asks begins.</summary>
    /// <exception cref="WireException">It cannot be joined.</exception>
    public Task JoinAsync(CancellationToken cancellation)
    {
        if (_cluster is null)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            _join ??= Task.Run(JoinCoreAsync, CancellationToken.None);
        }

        return _join.WaitAsync(cancellation);
    }

    /// <summary>An incarnation has lost its lease: its wires may live on elsewhere, so nothing of it may run or be heard any more.</summary>
    public void CutOff(ClusterNode cluster, string reason)
    {
        Log.CutOff(Name, reason);
        _ = RejoinAsync(cluster);
    }

    /// <summary>Ends at once and tells nobody: for tests.</summary>
    public async Task CrashAsync()
    {
        _isStopping = true;
        await _ended.CancelAsync().ConfigureAwait(false);
        if (_cluster is { } cluster)
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
        }

        EndWires([.. Directory.All()]);
    }

    private static void EndWires(List<Activation> wires)
    {
        foreach (Activation wire in wires)
        {
            // Its next turn finds that its life is over, and tells whoever waits.
            wire.Post(new LifeRequest(static _ => { }), bounded: false);
        }
    }

    private ClusterNode CreateCluster()
    {
        var settings = new ClusterSettings(_options);
        return new ClusterNode(this, settings, settings.CreateCoordinator());
    }

    private async Task JoinCoreAsync()
    {
        try
        {
            await _cluster!.StartAsync(_ended.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.JoinFailed(Name, e.Message);
            await _cluster!.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task RejoinAsync(ClusterNode former)
    {
        List<Activation> wires = [.. Directory.All()];
        Directory.Clear();
        EndWires(wires);

        await former.DisposeAsync().ConfigureAwait(false);
        var pause = new Backoff(s_firstRejoin, s_longestRejoin);
        while (!IsStopping)
        {
            ClusterNode next = CreateCluster();
            _cluster = next;
            try
            {
                await next.StartAsync(_ended.Token).ConfigureAwait(false);
                Log.Rejoined(Name);
                return;
            }
            catch (Exception e) when (Faults.IsOfAnotherNode(e))
            {
                Log.JoinFailed(Name, e.Message);
                await next.DisposeAsync().ConfigureAwait(false);
            }

            await Task.Delay(pause.Next(), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the other nodes become home of what this one is home of. Its wires go on, and are heard.</summary>
    private Task HandOverAsync(CancellationToken patience) => TryAsync(static (cluster, patience) => cluster.HandOverAsync(patience), patience);

    /// <summary>Leaves the view, and ends the node's last incarnation. From here on nothing of it is heard.</summary>
    private async Task LeaveClusterAsync(CancellationToken patience)
    {
        await TryAsync(static (cluster, _) => cluster.SayGoodbyeAsync(), patience).ConfigureAwait(false);
        await TryAsync(static (cluster, patience) => cluster.LeaveAsync(patience), patience).ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        if (_cluster is { } cluster)
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task TryAsync(Func<ClusterNode, CancellationToken, Task> step, CancellationToken patience)
    {
        if (_cluster is not { IsOver: false } cluster)
        {
            return;
        }

        try
        {
            await step(cluster, patience).ConfigureAwait(false);
        }
        catch (Exception e) when (Faults.IsOfAnotherNode(e))
        {
            Log.LeaveFailed(Name, e.Message);
        }
    }
}
