using RayTracer.Rendering;
using RayTracer.View;
using Wires;

namespace RayTracer.Nodes;

/// <summary>
/// The cluster of the show, and what happens to it: the first node is given all work before the others join; later one more joins, and one is drained. Which wire is where is the runtime's
/// business: nothing here moves any.
/// </summary>
internal sealed class ShowCluster : IAsyncDisposable
{
    private const double JoinAt = 0.3;
    private const double DrainAt = 0.5;

    // Against the first node; further ones begin anew.
    private static readonly double[] s_shares = [1, 0.75, 0.5, 0.25];

    // Together a little less than the machine has: the rest is for the view and the runtime, so that nodes do run at the speed that they say.
    private const double Use = 0.9;

    private readonly Dictionary<string, (double Speed, string State)> _nodes = [];
    private readonly EventLog _events = new();
    private readonly Lock _lock = new();
    private readonly int _wanted;
    private readonly double[] _speeds;
    private LocalCluster? _cluster;
    private Task? _grow;
    private Task? _join;
    private Task? _drain;

    private ShowCluster(int nodes, double[] speeds) => (_wanted, _speeds) = (nodes, speeds);

    /// <summary>A node to ask from.</summary>
    public IWires Wires => _cluster!.Nodes[0].Wires;

    /// <summary>What has happened, in the user's words.</summary>
    public IReadOnlyList<string> Events => _events.Take();

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

    /// <summary>Starts the first node.</summary>
    /// <param name="nodes">How many there will be once it has work.</param>
    /// <param name="speeds">Their speeds, and that of one that joins later.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ShowCluster> StartAsync(int nodes, double[] speeds, CancellationToken cancellation)
    {
        var show = new ShowCluster(nodes, speeds);
        show._cluster = await LocalCluster.StartAsync(1, show.Configure, cancellation);
        return show;
    }

    /// <summary>Looks whether it is time for something to happen.</summary>
    public void Direct(RenderSession session, PictureStatus status, CancellationToken cancellation)
    {
        _grow ??= GrowAsync(session, cancellation);
        if (_wanted == 1)
        {
            return;
        }

        if (status.Progress >= JoinAt && _grow.IsCompletedSuccessfully)
        {
            _join ??= JoinAsync(cancellation);
        }

        if (status.Progress >= DrainAt && _join is { IsCompletedSuccessfully: true } && _cluster!.Nodes.Count > 2)
        {
            // Not the first, which is asked for the picture.
            _drain ??= DrainAsync(_cluster.Nodes[1], cancellation);
        }
    }

    /// <summary>Completes when what has begun to happen has happened.</summary>
    public Task SettleAsync() => Task.WhenAll(_grow ?? Task.CompletedTask, _join ?? Task.CompletedTask, _drain ?? Task.CompletedTask);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    private void Configure(LocalNodeOptions options)
    {
        double speed;
        lock (_lock)
        {
            speed = _speeds[_nodes.Count % _speeds.Length];
            _nodes[options.Name] = (speed, "");
        }

        options.Services.AddRayTracer(speed);
        options.ConfigureWires = wires =>
        {
            wires.RenderOn(speed);
            wires.Balancing.OnDecision = _events.Decided;
        };
    }

    private async Task GrowAsync(RenderSession session, CancellationToken cancellation)
    {
        await session.Started;
        for (int i = 1; i < _wanted; i++)
        {
            await _cluster!.AddAsync(cancellation);
        }

        if (_wanted > 1)
        {
            _events.Add($"{_cluster!.Nodes[0]} has all the work; {_wanted - 1} more nodes have joined it");
        }
    }

    private async Task JoinAsync(CancellationToken cancellation)
    {
        LocalNode node = await _cluster!.AddAsync(cancellation);
        Tell(node, "joined", $"{node} has joined");
    }

    private async Task DrainAsync(LocalNode node, CancellationToken cancellation)
    {
        Tell(node, "drains", $"{node} is drained");
        EmptyingReport report = await _cluster!.DrainAsync(node, cancellation);
        Tell(node, "gone", $"{node} has left: {report}");
    }

    private void Tell(LocalNode node, string state, string text)
    {
        lock (_lock)
        {
            _nodes[node.Name] = _nodes[node.Name] with { State = state };
        }

        _events.Add(text);
    }
}
