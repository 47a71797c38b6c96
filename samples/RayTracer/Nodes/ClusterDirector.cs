using RayTracer.Rendering;
using RayTracer.View;
using Wires;

namespace RayTracer.Nodes;

/// <summary>
/// The cluster of the show, and what happens to it: a node joins while the picture is rendered, and one leaves. All that the sample asks of the cluster is here; tiles, picture and
/// view do not know how work gets from node to node.
/// </summary>
internal sealed class ClusterDirector : IAsyncDisposable
{
    private const double JoinAt = 0.2;
    private const double LeaveAt = 0.45;

    // Against the first node; further ones begin anew.
    private static readonly double[] s_shares = [1, 0.75, 0.5, 0.25];

    // Together a little less than the machine has: the rest is for the picture, the view and the runtime, so that nodes do run at the speed that they say.
    private const double Use = 0.9;

    private readonly Dictionary<string, (double Speed, string State)> _nodes = [];
    private readonly List<string> _events = [];
    private readonly Lock _lock = new();
    private LocalCluster? _cluster;
    private Task? _join;
    private Task? _leave;

    private ClusterDirector()
    {
    }

    /// <summary>A node to ask from.</summary>
    public IWires Wires => _cluster!.Nodes[0].Wires;

    /// <summary>What has happened, in the user's words.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The nodes that there are or were, with their speed and a word on how they are.</summary>
    public IReadOnlyList<NodeRow> Nodes
    {
        get
        {
            lock (_lock)
            {
                return [.. _nodes.Select(static node => new NodeRow(node.Key, node.Value.Speed, 0, 0, 0, node.Value.State))];
            }
        }
    }

    /// <summary>The speeds of so many nodes that share so many processors, and one more that joins them.</summary>
    public static double[] SpeedsOf(int nodes, double processors)
    {
        double[] shares = [.. Enumerable.Range(0, nodes).Select(static i => s_shares[i % s_shares.Length]), s_shares[1]];
        double sum = shares.Sum();
        return [.. shares.Select(share => share / sum * processors * Use)];
    }

    /// <summary>Starts nodes.</summary>
    /// <param name="nodes">How many at first.</param>
    /// <param name="speeds">Their speeds, and those of nodes that may join later.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ClusterDirector> StartAsync(int nodes, double[] speeds, CancellationToken cancellation)
    {
        var director = new ClusterDirector();
        director._cluster = await LocalCluster.StartAsync(nodes, options => director.Configure(options, speeds), cancellation);
        return director;
    }

    /// <summary>Looks whether it is time for something to happen.</summary>
    public void Direct(PictureStatus status, CancellationToken cancellation)
    {
        if (status.Progress >= JoinAt)
        {
            _join ??= JoinAsync(cancellation);
        }

        if (status.Progress >= LeaveAt && _join is { IsCompletedSuccessfully: true } && _cluster!.Nodes.Count > 2)
        {
            // Not the first, which is asked for the picture, nor, until wires leave with their state, the one that has what is finished of it.
            _leave ??= LeaveAsync(_cluster.Nodes.Skip(1).First(node => node.Name != status.Node), cancellation);
        }
    }

    /// <summary>Completes when what has begun to happen has happened.</summary>
    public Task SettleAsync() => Task.WhenAll(_join ?? Task.CompletedTask, _leave ?? Task.CompletedTask);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    private void Configure(LocalNodeOptions options, double[] speeds)
    {
        double speed = speeds[_nodes.Count % speeds.Length];
        lock (_lock)
        {
            _nodes[options.Name] = (speed, "");
        }

        options.Services.AddRayTracer(speed);
        options.ConfigureWires = wires =>
        {
            wires.Cluster.Speed = speed;

            // Nodes share this machine's processors, so a turn can be kept waiting half-way by those of other nodes: that is not its greed.
            wires.GreedyTurn = TimeSpan.FromMilliseconds(200);
        };
    }

    private async Task JoinAsync(CancellationToken cancellation)
    {
        LocalNode node = await _cluster!.AddAsync(cancellation);
        Tell(node, "joined", $"{node} has joined");
    }

    private async Task LeaveAsync(LocalNode node, CancellationToken cancellation)
    {
        Tell(node, "leaving", $"{node} is told to leave");

        // Until wires leave a stopping node with their state, its tiles begin anew elsewhere.
        await _cluster!.StopAsync(node, cancellation);
        Tell(node, "gone", $"{node} has left; its tiles begin anew elsewhere");
    }

    private void Tell(LocalNode node, string state, string text)
    {
        lock (_lock)
        {
            _nodes[node.Name] = _nodes[node.Name] with { State = state };
            _events.Add(text);
        }
    }
}
