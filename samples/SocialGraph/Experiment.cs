using System.Diagnostics;
using SocialGraph.Graphs;
using SocialGraph.Ranking;
using SocialGraph.View;
using Wires;

namespace SocialGraph;

/// <summary>Has vertices compute their ranks over and over: first where their hash puts them, then where the balancer takes them.</summary>
/// <param name="wires">A node.</param>
/// <param name="loads">Asks for the load of each node, by its name.</param>
/// <param name="graph">The graph.</param>
/// <param name="settings">What the user asked for.</param>
internal sealed class Experiment(IWires wires, Func<CancellationToken, Task<IReadOnlyDictionary<string, double>>> loads, Graph graph, GraphSettings settings)
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_last = TimeSpan.FromSeconds(10);

    private readonly RankSession _session = new(wires, graph, TimeProvider.System);
    private readonly TrafficMeter _meter = new();
    private readonly List<double> _history = [];
    private readonly Stopwatch _clock = new();
    private readonly List<string> _held = [];
    private double[] _expected = [];
    private int _differing;
    private int _runs;
    private TimeSpan _firstRun;
    private TimeSpan _lastRun;
    private TimeSpan _shownAt;
    private TimeSpan _freedAt;
    private TimeSpan _endedAt;
    private int _moves;

    /// <summary>Runs it.</summary>
    public async Task<Outcome> RunAsync(IRunView view, CancellationToken cancellation)
    {
        _expected = PageRank.Compute(graph, settings.Rounds);
        await HoldAsync(cancellation);
        try
        {
            await _session.PrepareAsync(cancellation);
            double[] ranks = [];
            await view.RunAsync(async show =>
            {
                _clock.Start();
                while (_held.Count > 0 || _clock.Elapsed < _freedAt + settings.Time)
                {
                    TimeSpan begun = _clock.Elapsed;
                    ranks = await _session.RunAsync(settings.Rounds, status => WatchAsync(status, show, cancellation), cancellation);
                    _lastRun = _clock.Elapsed - begun;
                    _firstRun = _runs++ == 0 ? _lastRun : _firstRun;
                    _differing += ranks.AsSpan().SequenceEqual(_expected) ? 0 : 1;
                }
            });
            return new Outcome(ranks, _runs, _differing, _firstRun, _lastRun, _meter.Between(TimeSpan.Zero, _freedAt), _meter.Between(_endedAt - s_last, _endedAt), _freedAt, _endedAt, _moves);
        }
        finally
        {
            await FreeAsync();
        }
    }

    private async Task WatchAsync(TableStatus status, Action<RunFrame> show, CancellationToken cancellation)
    {
        TimeSpan now = _clock.Elapsed;
        if (now - _shownAt < s_second)
        {
            return;
        }

        TimeSpan from = _shownAt;
        (_shownAt, _endedAt, _moves) = (now, now, status.Moves);
        _meter.Add(now, status, await loads(cancellation));
        Traffic second = _meter.Between(from, now);

        // Where nothing was told in a second, it is taken to be as before.
        _history.Add(second.PerSecond > 0 || _history.Count == 0 ? second.Remote : _history[^1]);
        show(new RunFrame(now, _held.Count > 0, _runs, status.Moves, _meter.Latest, _history));

        // Not before all have told of some rounds: that is what the end is compared with.
        if (now >= settings.Held && status.LeastRound > 0 && _held.Count > 0)
        {
            _freedAt = now;
            await FreeAsync();
        }
    }

    // An operator's word: wires that are told to stay do not leave their node by load or company.
    private async Task HoldAsync(CancellationToken cancellation)
    {
        foreach (NodeReport node in await wires.Operator.NodesAsync(cancellation))
        {
            await wires.Operator.StayAsync(node.Name, cancellation);
            _held.Add(node.Name);
        }
    }

    private async Task FreeAsync()
    {
        foreach (string node in _held)
        {
            await wires.Operator.UnstayAsync(node, CancellationToken.None);
        }

        _held.Clear();
    }
}
