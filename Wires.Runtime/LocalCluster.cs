using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Wires.Cluster;
using Wires.Cluster.InMemory;

namespace Wires;

/// <summary>
/// Several nodes in this process, for tests and samples: the code that runs on many machines, over loopback sockets, with a coordinator in memory. Nodes can be added, stopped, crashed,
/// frozen and cut off from each other while it runs.
/// </summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly InMemoryCoordinatorStore _store = new();
    private readonly List<LocalNode> _nodes = [];
    private readonly HashSet<(LocalNode, LocalNode)> _cuts = [];
    private readonly Action<LocalNodeOptions>? _configure;
    private int _count;

    private LocalCluster(Action<LocalNodeOptions>? configure) => _configure = configure;

    /// <summary>The nodes that run.</summary>
    public IReadOnlyList<LocalNode> Nodes
    {
        get
        {
            lock (_lock)
            {
                return [.. _nodes];
            }
        }
    }

    /// <summary>Starts a cluster.</summary>
    /// <param name="nodes">How many nodes it has at first.</param>
    /// <param name="configure">Changes the settings and services of each node.</param>
    /// <param name="cancellation">Ends the wait for the nodes to join.</param>
    public static async Task<LocalCluster> StartAsync(int nodes, Action<LocalNodeOptions>? configure = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nodes);
        var cluster = new LocalCluster(configure);
        try
        {
            for (int i = 0; i < nodes; i++)
            {
                await cluster.AddAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return cluster;
    }

    /// <summary>Starts one more node.</summary>
    /// <returns>The node, once it is a member.</returns>
    public async Task<LocalNode> AddAsync(CancellationToken cancellation = default)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"node{Interlocked.Increment(ref _count)}");
        var options = new LocalNodeOptions(name);
        _configure?.Invoke(options);
        var link = new LocalLink(this);
        options.Services.AddWires(wires =>
        {
            wires.NodeName = name;
            wires.Cluster.FoundAtOnce = true;
            wires.Cluster.Speed = 1;
            options.ConfigureWires?.Invoke(wires);
            wires.Coordinator = () => new BlockableCoordinator(new InMemoryCoordinator(_store), link);
            wires.IsBlocked = link.IsBlocked;
        });
        var node = new LocalNode(name, options.Services.BuildServiceProvider(), link);
        link.Node = node;
        lock (_lock)
        {
            _nodes.Add(node);
        }

        await node.Inner.JoinAsync(cancellation).ConfigureAwait(false);
        return node;
    }

    /// <summary>Stops a node as a host does: it hands over what it is home of and finishes the calls that it has accepted.</summary>
    public async Task StopAsync(LocalNode node, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        Forget(node);
        await node.Inner.StopAsync(cancellation).ConfigureAwait(false);
        await node.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Moves all wires of a node to the others, then stops it: nothing is lost. Waits for those that cannot go yet.</summary>
    /// <returns>How many have gone.</returns>
    /// <exception cref="WireOperatorException">Wires stay that cannot go at all, as <see cref="WireOperatorException.Stays"/> says; so does the node.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended; the message says what still stays and why. The node goes on with leaving.</exception>
    public async Task<EmptyingReport> DrainAsync(LocalNode node, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        EmptyingReport? last = null;
        EmptyingReport report;
        try
        {
            report = await node.Wires.Operator.DrainAsync(node.Name, new Latest(report => last = report), Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException($"Node {node} was not drained when the wait ended: {last}", e, cancellation);
        }

        await StopAsync(node, cancellation).ConfigureAwait(false);
        return report;
    }

    /// <summary>Ends a node at once, as a power cut would: nobody is told, and its wires are lost.</summary>
    public async Task CrashAsync(LocalNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Forget(node);
        await node.Inner.CrashAsync().ConfigureAwait(false);

        // What a dead process would not go on doing either: its timers, and the services of its wires.
        await node.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Holds a node: it sends and hears nothing and starts no turn, but its clock goes on, as in a process that was stopped by a signal.</summary>
    public static void Freeze(LocalNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.Link.IsFrozen = true;
        node.Inner.Scheduler.Freeze();
    }

    /// <summary>Lets a frozen node go on.</summary>
    public static void Thaw(LocalNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.Link.IsFrozen = false;
        node.Inner.Scheduler.Thaw();
    }

    /// <summary>Cuts the connection between two nodes; both still reach the coordinator.</summary>
    public void Partition(LocalNode one, LocalNode other)
    {
        lock (_lock)
        {
            _cuts.Add((one, other));
            _cuts.Add((other, one));
        }
    }

    /// <summary>Cuts a node off from the coordinator; it still reaches the other nodes.</summary>
    public static void CutOffCoordinator(LocalNode node, bool isCut = true)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.Link.IsCoordinatorAway = isCut;
    }

    /// <summary>Lets all nodes reach each other again.</summary>
    public void Heal()
    {
        lock (_lock)
        {
            _cuts.Clear();
        }
    }

    /// <summary>Takes the coordinator away from all nodes, or brings it back, with or without what it knew.</summary>
    internal InMemoryCoordinatorStore Store => _store;

    /// <summary>Stops all nodes.</summary>
    public async ValueTask DisposeAsync()
    {
        Heal();
        foreach (LocalNode node in Nodes)
        {
            Thaw(node);
            Forget(node);
            await node.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal bool AreCut(LocalNode one, long other)
    {
        lock (_lock)
        {
            foreach (LocalNode node in _nodes)
            {
                if (node.Inner.Cluster?.Incarnation == other)
                {
                    return node.Link.IsFrozen || _cuts.Contains((one, node));
                }
            }
        }

        return false;
    }

    private void Forget(LocalNode node)
    {
        lock (_lock)
        {
            _nodes.Remove(node);
        }
    }

    /// <summary>Told at once; <see cref="Progress{T}"/> would post it.</summary>
    private sealed class Latest(Action<EmptyingReport> tell) : IProgress<EmptyingReport>
    {
        public void Report(EmptyingReport value) => tell(value);
    }
}
