using System.Runtime.InteropServices;
using Wires;

namespace SocialGraph.Ranking;

/// <summary>Collects what vertices tell. They do not wait for it.</summary>
[Wire(IdleAfter = "00:05:00")]
public sealed partial class RankTable
{
    private readonly Dictionary<string, NodeTotals> _nodes = [];
    private double[] _ranks = [];
    private int[] _rounds = [];
    private int[] _moves = [];
    private string[] _places = [];
    private int _lastRound;
    private int _done;

    /// <summary>Says for how many vertices it is.</summary>
    public void Prepare(int vertices)
    {
        (_ranks, _rounds, _moves, _places) = (new double[vertices], new int[vertices], new int[vertices], new string[vertices]);
        Array.Fill(_places, "");
        _nodes.Clear();
        _lastRound = 0;
    }

    /// <summary>A run of so many rounds begins.</summary>
    public void Begin(int rounds)
    {
        _lastRound += rounds;
        _done = 0;
    }

    /// <summary>A vertex is getting on.</summary>
    [OneWay]
    public void Report(VertexReport report)
    {
        (_ranks[report.Vertex], _rounds[report.Vertex], _moves[report.Vertex], _places[report.Vertex]) = (report.Rank, report.Round, report.Moves, report.Node);
        _done += report.Round == _lastRound ? 1 : 0;
        ref NodeTotals? node = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodes, report.Node, out _);
        node ??= new NodeTotals();
        node.Local += report.Local;
        node.Remote += report.Remote;
    }

    /// <summary>How far all are.</summary>
    public TableStatus Status()
    {
        Dictionary<string, int> places = _places.CountBy(static place => place).ToDictionary();
        return new TableStatus(
            _rounds.Min(),
            _done,
            _moves.Sum(),
            [.. _nodes.OrderBy(static node => node.Key, StringComparer.Ordinal).Select(node => new NodeShare(node.Key, places.GetValueOrDefault(node.Key), node.Value.Local, node.Value.Remote))]);
    }

    /// <summary>The ranks, by vertex.</summary>
    public double[] Ranks() => _ranks;
}

/// <summary>Counts of a node, as the table keeps them.</summary>
public sealed class NodeTotals
{
    /// <summary>See <see cref="NodeShare.Local"/>.</summary>
    public long Local { get; set; }

    /// <summary>See <see cref="NodeShare.Remote"/>.</summary>
    public long Remote { get; set; }
}
