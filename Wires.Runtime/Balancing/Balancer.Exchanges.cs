namespace Wires.Balancing;

internal sealed partial class Balancer
{
    /// <summary>After so long an unanswered proposal is forgotten.</summary>
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(5);

    /// <summary>An idle cluster proposes this many times less often.</summary>
    private const int MostPatience = 8;

    /// <summary>So many standard deviations of its counts a wire has to win on top.</summary>
    private const double Doubt = 0.5;

    /// <summary>And so many more for each move of late.</summary>
    private const double DoubtPerMove = 0.5;

    /// <summary>And this share of its messages with the two nodes, for each move of late.</summary>
    private const double Inertia = 0.02;

    private static readonly HashSet<ulong> s_none = [];

    private readonly PeerTracker _peers;
    private long _proposalNumber;
    private long _partner;
    private TimeSpan _proposedAt;
    private TimeSpan _nextProposal;
    private TimeSpan _exchangingUntil;
    private int _patience = 1;
    private Dictionary<ulong, BusyWire> _offered = [];

    // The partner's wires may be here before its answer is.
    private readonly HashSet<ulong> _cameEarly = [];

    /// <summary>Answers a proposal. The moves that it returns begin at once; what was accepted comes by itself.</summary>
    /// <param name="proposal">What another node offers.</param>
    /// <param name="now">The time.</param>
    /// <param name="going">What to send it.</param>
    public ExchangeAnswer AnswerExchange(ExchangeProposal proposal, TimeSpan now, out IReadOnlyList<PlannedMove> going)
    {
        going = [];
        bool isBusy = !_options.Affinity || _partner != 0 || now < _exchangingUntil || State != NodeState.Open || AwaitsMuch() || !_news.IsMember(proposal.From) || !IsSound(proposal);
        if (isBusy)
        {
            return ExchangeAnswer.Nothing(_self.Node, proposal.Number, isBusy: true);
        }

        var wires = new Dictionary<ulong, BusyWire>();
        HashSet<ulong> present = Present();
        CorrectSketches(present, proposal.From, [.. proposal.Present]);
        IReadOnlyList<ExchangeCandidate> own = ExchangePlanner.Select(Candidates(proposal.From, wires, now), _options.ExchangeCandidates);
        ExchangeCandidate[] offered = [.. proposal.Candidates.Select(wire => Corrected(wire, present))];
        ExchangePlan plan = ExchangePlanner.Plan(offered, own, proposal.Load, proposal.Capacity, _meter.Mean, _self.Capacity, _options.ExchangeDelta);
        if (plan.Coming.Count + plan.Going.Count == 0)
        {
            return ExchangeAnswer.Nothing(_self.Node, proposal.Number, isBusy: false);
        }

        (_exchangingUntil, _patience) = (now + _options.Period, 1);
        NodeLoad? from = _news.Find(proposal.From);
        going = [.. plan.Going.Select(wire => Planned(wires[wire.Fingerprint], wire, proposal.From, proposal.Load, from?.At ?? now, own.Count, now))];
        Expect(proposal.From, plan.Coming, now);
        return new ExchangeAnswer(_self.Node, proposal.Number, IsBusy: false, [.. plan.Coming.Select(static wire => wire.Fingerprint)], plan.Going, plan.Gain);
    }

    /// <summary>A proposal was answered, or was not (null): gives the moves that begin now.</summary>
    public IReadOnlyList<PlannedMove> ExchangeAnswered(ExchangeAnswer? answer, TimeSpan now)
    {
        if (answer is null || answer.From != _partner || answer.Number != _proposalNumber)
        {
            if (answer is null)
            {
                _partner = 0;
            }

            return [];
        }

        NodeLoad? partner = _news.Find(_partner);
        _partner = 0;
        if (!answer.IsBusy)
        {
            bool isNothing = answer.Accepted.Count + answer.Coming.Count == 0;
            _patience = isNothing ? Math.Min(_patience * 2, MostPatience) : 1;
        }

        Expect(answer.From, [.. answer.Coming.Where(wire => !_cameEarly.Contains(wire.Fingerprint))], now);

        var moves = new List<PlannedMove>(answer.Accepted.Count);
        foreach (ulong fingerprint in answer.Accepted)
        {
            if (_offered.Remove(fingerprint, out BusyWire? wire) && !wire.IsMoving && !wire.IsPinned && partner is not null)
            {
                moves.Add(Planned(wire, CandidateOf(wire, answer.From), answer.From, partner.Load, partner.At, _offered.Count, now));
            }
        }

        _offered = [];
        return moves;
    }

    private (long Partner, ExchangeProposal? Proposal) Propose(TimeSpan now)
    {
        if (_partner != 0 && now - _proposedAt > s_answerTime)
        {
            _partner = 0;
        }

        if (!_options.Affinity || State != NodeState.Open || _partner != 0 || now < _nextProposal || now < _exchangingUntil || AwaitsMuch() || _here.Count == 0)
        {
            return default;
        }

        // Nodes that began together must not ask each other in the same round for ever.
        _nextProposal = now + (_options.ExchangePeriod * _patience * (0.5 + _random.NextDouble()));
        if (PickPartner() is not { } partner)
        {
            return default;
        }

        _offered = [];
        _cameEarly.Clear();
        HashSet<ulong> present = Present();
        CorrectSketches(present, partner: 0, s_none);
        IReadOnlyList<ExchangeCandidate> candidates = ExchangePlanner.Select(Candidates(partner.Node, _offered, now), _options.ExchangeCandidates);
        (_partner, _proposedAt) = (partner.Node, now);
        return (partner.Node, new ExchangeProposal(_self.Node, ++_proposalNumber, _meter.Mean, _self.Capacity, [.. present], candidates));
    }

    private void Expect(long from, IReadOnlyCollection<ExchangeCandidate> wires, TimeSpan now)
    {
        if (wires.Count > 0)
        {
            _ledger.Add(from, wires.Count, wires.Sum(static wire => wire.Work), wires.Sum(static wire => wire.Bytes), now);
        }
    }

    // Loads that are about to change are none to keep even.
    private bool AwaitsMuch() => _ledger.Work / _self.Capacity > _options.ExchangeDelta * _meter.Mean / 2;

    // In proportion to what is talked with each: the best one every time would leave out the others where nothing is to be won with it.
    private NodeLoad? PickPartner()
    {
        var messages = new Dictionary<long, double>();
        foreach (BusyWire wire in _here.Values)
        {
            for (int i = 0; i < (wire.Sketch?.Nodes ?? 0); i++)
            {
                (long node, float count) = wire.Sketch!.NodeAt(i);
                if (node != _self.Node)
                {
                    messages[node] = messages.GetValueOrDefault(node) + count;
                }
            }
        }

        double sum = 0;
        NodeLoad? picked = null;
        foreach ((long node, double count) in messages)
        {
            if (_news.Find(node) is { State: NodeState.Open } load)
            {
                sum += count;
                picked = _random.NextDouble() * sum < count ? load : picked;
            }
        }

        return picked;
    }

    private List<ExchangeCandidate> Candidates(long target, Dictionary<ulong, BusyWire> wires, TimeSpan now)
    {
        var candidates = new List<ExchangeCandidate>(_here.Count);
        foreach (BusyWire wire in _here.Values)
        {
            if (!wire.IsPinned && !wire.IsMoving && wire.Sketch is { Peers: > 0 } && wire.HasSettled(now, _options))
            {
                candidates.Add(CandidateOf(wire, target));
                wires[wire.Fingerprint] = wire;
            }
        }

        return candidates;
    }

    // Without those that are on their way.
    private HashSet<ulong> Present()
    {
        var present = new HashSet<ulong>(_here.Count);
        foreach (BusyWire wire in _here.Values)
        {
            if (!wire.IsMoving)
            {
                present.Add(wire.Fingerprint);
            }
        }

        return present;
    }

    private void CorrectSketches(HashSet<ulong> present, long partner, HashSet<ulong> atPartner)
    {
        foreach (BusyWire wire in _here.Values)
        {
            if (wire.Sketch is { } sketch)
            {
                _peers.Correct(sketch, present, partner, atPartner);
            }
        }
    }

    // What the proposer believes of wires here may be old; who is here is known here.
    private static ExchangeCandidate Corrected(ExchangeCandidate wire, HashSet<ulong> present)
    {
        double gain = wire.Gain;
        foreach (ExchangeEdge edge in wire.Edges)
        {
            bool isHere = present.Contains(edge.Peer);
            gain += isHere == edge.IsAtTarget ? 0 : isHere ? 2 * edge.Rate : -edge.Rate;
        }

        return gain == wire.Gain ? wire : wire with { Gain = gain };
    }

    private ExchangeCandidate CandidateOf(BusyWire wire, long target)
    {
        AffinitySketch? sketch = wire.Sketch;
        int count = 0;
        for (int i = 0; i < (sketch?.Peers ?? 0); i++)
        {
            count += sketch![i].Node == target || sketch[i].Node == _self.Node ? 1 : 0;
        }

        var edges = new ExchangeEdge[count];
        for (int i = 0; i < (sketch?.Peers ?? 0); i++)
        {
            PeerCount peer = sketch![i];
            if (peer.Node == target || peer.Node == _self.Node)
            {
                edges[--count] = new ExchangeEdge(peer.Peer, (float)(peer.Certain * wire.RatePerCount), peer.Node == target);
            }
        }

        double there = wire.MessagesPerSecond(target);
        double here = wire.MessagesPerSecond(_self.Node);
        double gain = there - here;

        // Counts of a sample spread by their root; what may be chance moves nothing.
        double chance = (Doubt + (DoubtPerMove * wire.RecentMoves)) * Math.Sqrt((there + here) * wire.RatePerCount);
        double price = (Cost.Of(wire.Bytes) / (_options.Payback.TotalSeconds * _options.RemoteMessageCost.TotalSeconds)) + chance + (Inertia * wire.RecentMoves * (there + here));
        return new ExchangeCandidate(wire.Id, wire.Fingerprint, wire.Work, wire.Bytes, gain, price, edges);
    }

    private PlannedMove Planned(BusyWire wire, ExchangeCandidate candidate, long target, double remoteLoad, TimeSpan newsAt, int considered, TimeSpan now)
    {
        wire.IsMoving = true;
        _peers.Left(wire.Fingerprint, target, now);
        _news.Find(target)?.Pledge(wire.Work, wire.Bytes, now);
        var decision = new BalancingDecision
        {
            Wire = wire.Id,
            From = _self.Name,
            To = _news.NameOf(target),
            Target = target,
            Reason = BalancingReason.Affinity,
            At = now,
            LocalLoad = _meter.Mean,
            RemoteLoad = remoteLoad,
            WireLoad = wire.Work / (_news.Find(target)?.Capacity ?? 1),
            MeanLoad = BalancingRound.MeanOf(_self, _news.Known, _news.Members),
            NewsAge = now - newsAt,
            Bytes = wire.Bytes,
            Cost = Cost.Of(wire.Bytes),
            Gain = candidate.Gain * _options.Payback.TotalSeconds * _options.RemoteMessageCost.TotalSeconds,
            MessagesSaved = candidate.Gain,
            WiresConsidered = considered,
            NodesConsidered = 1,
        };
        _onDecision?.Invoke(decision);
        return new PlannedMove(wire, target, decision);
    }

    // What comes from the network must not break the plan.
    private static bool IsSound(ExchangeProposal proposal) =>
        double.IsFinite(proposal.Load) && proposal.Load >= 0 && double.IsFinite(proposal.Capacity) && proposal.Capacity > 0
        && proposal.Candidates.All(static wire => double.IsFinite(wire.Gain) && double.IsFinite(wire.Price) && double.IsFinite(wire.Work) && wire.Work >= 0 && wire.Bytes >= 0);
}
