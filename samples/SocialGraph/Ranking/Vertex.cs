using Wires;

namespace SocialGraph.Ranking;

/// <summary>
/// A vertex of the graph. It knows its neighbours only: once the shares of all of them have come, it has its next rank and sends each its share of that. So no vertex is ever more than one
/// round ahead of a neighbour, and nobody has to tell them when a round is over.
/// </summary>
[Wire]
public sealed partial class Vertex(IWires wires) : IAttached
{
    // Reports are few beside the shares, or they would be what is measured.
    private const int RoundsPerReport = 4;

    private Surroundings? _surroundings;
    private VertexRef[] _neighbours = [];

    // Shares of this round and of the next one, by the parity of the round.
    private double[][] _shares = [];
    private int[] _received = [0, 0];

    private double _rank;
    private int _round;
    private int _lastRound;
    private int _local;
    private int _remote;
    private int _moves;

    [Local] private int _node;

    /// <summary>Tells it its neighbours. All of a graph are told before any begins.</summary>
    public void Prepare(Surroundings surroundings)
    {
        _surroundings = surroundings;
        _neighbours = [.. surroundings.Neighbours.Select(other => wires.Get<VertexRef>(surroundings.Job.KeyOf(other)))];
        _shares = [new double[_neighbours.Length], new double[_neighbours.Length]];
        _received = [0, 0];
        (_round, _lastRound, _local, _remote) = (0, 0, 0, 0);
    }

    /// <summary>Begins a run of so many rounds, where the last one has ended.</summary>
    [OneWay]
    public async WireTask Begin(int rounds)
    {
        _rank = 1.0 / _surroundings!.Job.Vertices;
        _lastRound = _round + rounds;
        await SendAsync();
        await AdvanceAsync();
    }

    /// <summary>Takes a neighbour's share.</summary>
    /// <param name="from">The neighbour.</param>
    /// <param name="round">Of which round.</param>
    /// <param name="share">What it gives.</param>
    /// <param name="node">Where it was when it sent this, see <see cref="TagOf"/>.</param>
    [OneWay]
    public WireTask Give(int from, int round, double share, int node)
    {
        int parity = round & 1;
        _shares[parity][Array.BinarySearch(_surroundings!.Neighbours, from)] = share;
        _received[parity]++;
        if (node == _node)
        {
            _local++;
        }
        else
        {
            _remote++;
        }

        return HasRound ? AdvanceAsync() : WireTask.CompletedTask;
    }

    /// <inheritdoc/>
    public WireTask OnAttached(AttachReason reason)
    {
        _node = TagOf(Wire.Node);
        _moves += reason == AttachReason.Moved ? 1 : 0;
        return WireTask.CompletedTask;
    }

    // A neighbour that has begun a run earlier may have sent its first share before this vertex has begun.
    private bool HasRound => _round < _lastRound && _received[_round & 1] == _neighbours.Length;

    private async WireTask AdvanceAsync()
    {
        while (HasRound)
        {
            // The last share of a round may run on its sender's stack, and what follows sends many: without this, one vertex would go on in the turn of another, and that in the turn of a third.
            await Wire.Yield();
            int parity = _round & 1;
            _rank = PageRank.Of(_shares[parity], _surroundings!.Job.Vertices);
            _received[parity] = 0;
            _round++;
            if (_round < _lastRound)
            {
                await SendAsync();
            }

            if (_round % RoundsPerReport == 0 || _round == _lastRound)
            {
                await ReportAsync();
            }
        }
    }

    private async WireTask SendAsync()
    {
        double share = _rank / _neighbours.Length;
        foreach (VertexRef neighbour in _neighbours)
        {
            await neighbour.Give(_surroundings!.Vertex, _round, share, _node);
        }
    }

    private async WireTask ReportAsync()
    {
        var report = new VertexReport(_surroundings!.Vertex, Wire.Node, _round, _rank, _local, _remote, _moves);
        (_local, _remote) = (0, 0);
        await wires.Get<RankTableRef>(_surroundings.Job.Id).Report(report);
    }

    /// <summary>A number in place of a node's name (FNV-1a), as each share carries one.</summary>
    private static int TagOf(string node)
    {
        uint hash = 2166136261;
        foreach (char c in node)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)hash;
    }
}
