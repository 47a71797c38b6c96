namespace Wires.Balancing;

/// <summary>Balancing on one node: what it knows, what it decides, what it has promised. No sockets, no timers, no clock: the node drives it, and so does the simulator. Not thread-safe.</summary>
/// <remarks>
/// The node calls, one at a time:
/// <list type="bullet">
/// <item><see cref="SetMembers"/> when the view has changed, <see cref="State"/> when an operator has blocked or drains the node;</item>
/// <item><see cref="Tick"/> each <see cref="BalancingOptions.Period"/>, after <see cref="BusyWire.Record"/> of each busy wire; then it sends what the result says (news and proposals may get lost);</item>
/// <item><see cref="Receive"/>, <see cref="Grant"/>, <see cref="AnswerExchange"/> when a node's message has come;</item>
/// <item><see cref="Granted"/> when a grant was answered, or with <see cref="GrantAnswer.Refused"/> when it was not; <see cref="ExchangeAnswered"/> likewise, with null;</item>
/// <item><see cref="MoveEnded"/> for each move that those two have returned, whatever came of it; <see cref="Arrived"/> at the target when a wire has come;</item>
/// <item><see cref="Place"/> at a wire's home before it comes to life.</item>
/// </list>
/// </remarks>
internal sealed partial class Balancer
{
    private readonly BalancingOptions _options;
    private readonly IBalancingPolicy _policy;
    private readonly Random _random;
    private readonly NewsWindow _news;
    private readonly LoadMeter _meter;
    private readonly GrantLedger _ledger = new();
    private readonly NodeLoad _self;
    private readonly Action<BalancingDecision>? _onDecision;
    private readonly Dictionary<ulong, BusyWire> _here = [];
    private TimeSpan _lastTick;
    private ulong _sequence;

    /// <param name="node">This node's number.</param>
    /// <param name="name">This node's name.</param>
    /// <param name="capacity">Its processors by their speed, see <see cref="NodeSpeed"/>.</param>
    /// <param name="policy">The rule.</param>
    /// <param name="options">The settings.</param>
    /// <param name="random">Where randomness comes from.</param>
    /// <param name="onDecision">Told each decision to move a wire, before anything is sent.</param>
    public Balancer(long node, string name, double capacity, IBalancingPolicy policy, BalancingOptions options, Random random, Action<BalancingDecision>? onDecision = null)
    {
        _options = options;
        _policy = policy;
        _random = random;
        _onDecision = onDecision;
        _peers = new PeerTracker(node);
        _news = new NewsWindow(node, options);
        _meter = new LoadMeter(capacity, options);
        _self = new NodeLoad(node, name) { Capacity = capacity };
    }

    /// <summary>Whether this node takes wires. Told to others with the next news.</summary>
    public NodeState State
    {
        get => _self.State;
        set => _self.State = value;
    }

    /// <summary>Whether the next round wants to see idle wires too (some thousand are enough): the node is draining, or short of memory.</summary>
    public bool WantsIdleWires => State == NodeState.Draining || _meter.Sample.MemoryUse > _options.MemoryHigh;

    /// <summary>The price of moves, as learned.</summary>
    public MoveCost Cost { get; } = new();

    /// <summary>This node as others see it.</summary>
    public NodeLoad Self => _self;

    /// <summary>What is known of others.</summary>
    public NewsWindow News => _news;

    /// <summary>A new view, this node may be among the members. Those who left are forgotten, and what they were promised.</summary>
    public void SetMembers(IEnumerable<(long Node, string Name)> members, TimeSpan now)
    {
        _news.SetMembers(members);
        _ledger.Expire(now, _news.IsMember);
    }

    /// <summary>A round: takes in what was measured, decides, and says what to send.</summary>
    /// <param name="now">Time since any fixed start.</param>
    /// <param name="sample">What the node measured since the last round.</param>
    /// <param name="busy">The wires that had work of late; kept until the next round.</param>
    public RoundResult Tick(TimeSpan now, in NodeSample sample, IReadOnlyList<BusyWire> busy)
    {
        _here.Clear();
        foreach (BusyWire wire in busy)
        {
            _here[wire.Fingerprint] = wire;
        }

        _ledger.Expire(now, _news.IsMember);
        _meter.Record(sample, now);
        RefreshSelf(now);
        _peers.Expire(now);
        DecaySketches(now);
        BalancingRound round = NewRound(now, busy);
        _policy.Decide(round);
        List<MoveRequest> requests = Requests(round);
        (long partner, ExchangeProposal? proposal) = round.Moves == 0 ? Propose(now) : default;
        var own = new NewsEntry(_self.Node, ++_sequence, TimeSpan.Zero, _self.Exported, _self.Load, _self.Capacity, _self.FreeMemory, _self.State);
        (long target, LoadNews? news) = _news.Compose(own, now, _random) ?? default;
        return new RoundResult(target, news, requests, partner, proposal);
    }

    /// <summary>Wires have begun, or ceased, to take whatever they are given: so much more they would do now, in processors. Before <see cref="Tick"/>.</summary>
    public void Shift(double work) => _meter.Shift(work);

    /// <summary>News of another node.</summary>
    public void Receive(LoadNews news, TimeSpan now) => _news.Receive(news, now);

    /// <summary>Whether a wire that were to come to life now would do so elsewhere.</summary>
    public bool PlacesElsewhere(TimeSpan now) => _news.Known.Count > 0 && _policy.Place(NewRound(now, [])) is not null;

    /// <summary>Where a new wire should come to life: the number of a node, which may be this one.</summary>
    public long Place(TimeSpan now)
    {
        RefreshSelf(now);
        NodeLoad? target = _policy.Place(NewRound(now, []));
        if (target is null)
        {
            return _self.Node;
        }

        // Until its load is known it counts as a busy wire of this node, or a burst of new ones would all go to one place.
        target.Pledge(MeanWork(), 0, now);
        return target.Node;
    }

    /// <summary>Answers a node that wants to send wires here.</summary>
    public GrantAnswer Grant(in GrantRequest request, TimeSpan now)
    {
        if (!_news.IsMember(request.From) || request.Wires <= 0 || !(request.Work >= 0))
        {
            return GrantAnswer.Refused;
        }

        RefreshSelf(now);
        GrantAnswer answer = _policy.Grant(request, NewRound(now, []));
        answer = new GrantAnswer(Math.Clamp(answer.Work, 0, request.Work), Math.Clamp(answer.Bytes, 0, request.Bytes));
        if (answer.Work > 0 || (request.Work <= 0 && answer.Bytes > 0))
        {
            _ledger.Add(request.From, request.Wires, answer.Work, answer.Bytes, now);
        }

        return answer;
    }

    /// <summary>A target has answered: gives the moves that may begin, in order. The others' wires are free again.</summary>
    public IReadOnlyList<PlannedMove> Granted(MoveRequest request, GrantAnswer answer, TimeSpan now)
    {
        // Sums of the same numbers in another order differ by a little.
        double work = answer.Work + 1e-9;
        long bytes = answer.Bytes;
        var granted = new List<PlannedMove>(request.Moves.Count);
        foreach (PlannedMove move in request.Moves)
        {
            if (_news.IsMember(move.Target) && move.Wire.Work <= work && move.Wire.Bytes <= bytes && !move.Wire.IsPinned)
            {
                work -= move.Wire.Work;
                bytes -= move.Wire.Bytes;
                _peers.Left(move.Wire.Fingerprint, move.Target, now);
                granted.Add(move);
            }
            else
            {
                move.Wire.IsMoving = false;
                _news.Find(move.Target)?.Withdraw(move.Wire.Work, move.Wire.Bytes, now);
            }
        }

        return granted;
    }

    /// <summary>A move has ended, at the source. After a success the wire belongs to the target, which is told by <see cref="Arrived"/>.</summary>
    /// <param name="move">The move.</param>
    /// <param name="isMoved">Whether it lives at the target now.</param>
    /// <param name="bytes">What was sent.</param>
    /// <param name="pause">How long the wire stood still.</param>
    /// <param name="now">The time.</param>
    public void MoveEnded(PlannedMove move, bool isMoved, long bytes, TimeSpan pause, TimeSpan now)
    {
        if (isMoved)
        {
            Cost.Learn(bytes, pause.TotalSeconds);
            _here.Remove(move.Wire.Fingerprint);
            _meter.Left(move.Wire.Work, move.Wire.Backlog, now);
            return;
        }

        // It is here still, and is not tried again at once.
        _peers.Arrived(move.Wire.Fingerprint);
        move.Wire.Settle(now);
        _news.Find(move.Target)?.Withdraw(move.Wire.Work, move.Wire.Bytes, now);
    }

    /// <summary>A wire has come from another node; <paramref name="wire"/> is what will be in the next rounds.</summary>
    public void Arrived(BusyWire wire, long from, TimeSpan now)
    {
        wire.Settle(now);
        _peers.Arrived(wire.Fingerprint);
        _here[wire.Fingerprint] = wire;
        if (from == _partner)
        {
            _cameEarly.Add(wire.Fingerprint);
        }

        _ledger.Keep(from, wire.Work, wire.Bytes);
        _meter.Arrived(wire.Work, wire.Backlog, now);
    }

    private void RefreshSelf(TimeSpan now)
    {
        _self.At = now;
        double promised = _ledger.Work / _self.Capacity;
        _self.ToldExported = _meter.Exported + promised;
        _self.ToldLoad = _meter.Mean + promised;
        _self.ToldFreeMemory = _meter.Sample.TotalMemory <= 0 ? long.MaxValue : Math.Max(0, _meter.Sample.FreeMemory - _ledger.Bytes);
    }

    private BalancingRound NewRound(TimeSpan now, IReadOnlyList<BusyWire> wires) =>
        new(now, _self, _meter.Local, _meter.Sample, _news.Known, _news.Members, wires, _options, Cost, _random);

    private List<MoveRequest> Requests(BalancingRound round)
    {
        var requests = new List<MoveRequest>();
        foreach (IGrouping<(long Target, BalancingReason Reason), PlannedMove> group in round.Planned.GroupBy(static move => (move.Target, move.Decision.Reason)))
        {
            PlannedMove[] moves = [.. group];
            var question = new GrantRequest(
                _self.Node, group.Key.Reason, moves.Length, moves.Sum(static move => move.Wire.Work), moves.Max(static move => move.Wire.Work), moves.Sum(static move => move.Wire.Bytes), _meter.Local, round.MeanLoad);
            requests.Add(new MoveRequest(group.Key.Target, question, moves));
            foreach (PlannedMove move in moves)
            {
                _onDecision?.Invoke(move.Decision);
            }
        }

        return requests;
    }

    private double MeanWork() => _here.Count == 0 ? 0 : _here.Values.Sum(static wire => wire.Work) / _here.Count;

    private void DecaySketches(TimeSpan now)
    {
        double seconds = (now - _lastTick).TotalSeconds;
        _lastTick = now;
        double kept = Math.Pow(0.5, seconds / _options.AffinityHalfLife.TotalSeconds);

        // A steady rate r, of which one in SampleEvery is counted, settles at r × half-life / ln 2 / SampleEvery.
        double ratePerCount = _options.SampleEvery * Math.Log(2) / _options.AffinityHalfLife.TotalSeconds;
        foreach (BusyWire wire in _here.Values)
        {
            wire.Sketch?.Decay((float)kept);
            wire.RatePerCount = ratePerCount;
        }
    }
}
