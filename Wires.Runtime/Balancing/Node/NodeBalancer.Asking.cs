using Wires.Cluster;
using Wires.Diagnostics;
using Wires.Remoting;

namespace Wires.Balancing;

// What goes to other nodes and comes from them, and the moves that follow.
internal sealed partial class NodeBalancer
{
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(3);

    /// <summary>Answers another node.</summary>
    /// <exception cref="InvalidDataException">What it says cannot be read.</exception>
    public byte[]? Answer(long from, byte kind, byte[] question)
    {
        if (Volatile.Read(ref _balancer) is not { } balancer)
        {
            // It is just joining. Nothing is lost but a round.
            return kind is BalancingQuestion.News or BalancingQuestion.Met ? [] : null;
        }

        switch (kind)
        {
            case BalancingQuestion.News:
                LoadNews news = BalancingCodec.ReadNews(from, question);
                lock (_lock)
                {
                    CatchUp_NeedsLock(Now);
                    balancer.Receive(news, Now);
                }

                return [];
            case BalancingQuestion.Met:
                AddMeetings(from, BalancingCodec.ReadMeetings(question));
                return [];
            case BalancingQuestion.Grant:
                GrantRequest request = BalancingCodec.ReadRequest(from, question);
                lock (_lock)
                {
                    CatchUp_NeedsLock(Now);
                    balancer.State = State;
                    return BalancingCodec.Write(balancer.Grant(request, Now));
                }

            case BalancingQuestion.Exchange:
                ExchangeProposal proposal = ExchangeCodec.ReadProposal(from, question);
                ExchangeAnswer answer;
                IReadOnlyList<PlannedMove> going;
                lock (_lock)
                {
                    CatchUp_NeedsLock(Now);
                    balancer.State = State;
                    answer = balancer.AnswerExchange(proposal, Now, out going);
                }

                Begin(going);
                return ExchangeCodec.Write(answer);
            default:
                return null;
        }
    }

    private void AddMeetings(long from, (ulong Called, ulong Caller)[] meetings)
    {
        lock (_lock)
        {
            foreach ((ulong called, ulong caller) in meetings)
            {
                if (_byFingerprint.TryGetValue(called, out WorkAccount? account))
                {
                    (account.Busy.Sketch ??= new AffinitySketch()).Count(caller, from);
                }
            }
        }
    }

    private void Send(RoundResult result, Dictionary<long, List<(ulong, ulong)>> meetings)
    {
        if (result.News is { } news)
        {
            _ = TellAsync(result.NewsTarget, BalancingQuestion.News, BalancingCodec.Write(news));
        }

        foreach ((long node, List<(ulong, ulong)> there) in meetings)
        {
            _ = TellAsync(node, BalancingQuestion.Met, BalancingCodec.Write(there));
        }

        foreach (MoveRequest request in result.Requests)
        {
            _ = RequestAsync(request);
        }

        if (result.Proposal is { } proposal)
        {
            _ = ProposeAsync(result.Partner, proposal);
        }
    }

    private async Task TellAsync(long node, byte kind, byte[] what)
    {
        try
        {
            await AskAsync(node, kind, what).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The next round tells newer ones.
        }
    }

    private async Task RequestAsync(MoveRequest request)
    {
        GrantAnswer answer = GrantAnswer.Refused;
        try
        {
            answer = BalancingCodec.ReadAnswer(await AskAsync(request.Target, BalancingQuestion.Grant, BalancingCodec.Write(request.Question)).ConfigureAwait(false));
        }
        catch (Exception e) when (IsLoss(e))
        {
            // Nothing may be sent there.
        }

        IReadOnlyList<PlannedMove> moves;
        lock (_lock)
        {
            CatchUp_NeedsLock(Now);
            moves = _balancer!.Granted(request, answer, Now);
        }

        Begin(moves);
    }

    private async Task ProposeAsync(long partner, ExchangeProposal proposal)
    {
        ExchangeAnswer? answer = null;
        try
        {
            answer = ExchangeCodec.ReadAnswer(partner, await AskAsync(partner, BalancingQuestion.Exchange, ExchangeCodec.Write(proposal)).ConfigureAwait(false));
        }
        catch (Exception e) when (IsLoss(e))
        {
            // It is proposed to another one.
        }

        IReadOnlyList<PlannedMove> moves;
        lock (_lock)
        {
            CatchUp_NeedsLock(Now);
            moves = _balancer!.ExchangeAnswered(answer, Now);
        }

        Begin(moves);
    }

    private async Task<byte[]> AskAsync(long node, byte kind, byte[] question)
    {
        Peer peer = await _cluster.PeerAsync(node).ConfigureAwait(false);
        return await peer.AskAsync(kind, question, s_answerTime, _cluster.Ended).ConfigureAwait(false);
    }

    private void Begin(IReadOnlyList<PlannedMove> moves)
    {
        PublishDecisions();
        foreach (PlannedMove move in moves)
        {
            _ = MoveAsync(move);
        }
    }

    private async Task MoveAsync(PlannedMove move)
    {
        WorkAccount account = move.Wire.Account!;
        Departure? departure = null;
        PinReason pin;
        if (account.Wire.IsClosed || _cluster.Member?.CurrentView?.Find(move.Target) is not { } target)
        {
            pin = new PinReason(PinKind.NotHere, "the wire, or the node that it was to go to, is not there any more");
        }
        else
        {
            departure = _cluster.Migrator.Begin(account.Wire, target);
            pin = await departure.Ended.ConfigureAwait(false);
        }

        bool isMoved = pin.Kind == PinKind.None;
        lock (_lock)
        {
            if (departure is { Bytes: > 0 })
            {
                LearnBytes(account.Wire, departure.Bytes);
            }

            // What a wire more costs: those of one batch wait for each other.
            TimeSpan pause = (departure?.Pause ?? TimeSpan.Zero) / (departure?.Company ?? 1);
            if (isMoved)
            {
                account.LeftAt = Now;
            }

            _balancer!.MoveEnded(move, isMoved, departure?.Bytes ?? 0, pause, Now);
            if (pin.Kind is PinKind.State or PinKind.Suspended or PinKind.Stays or PinKind.Deputy or PinKind.Streaming)
            {
                account.PinnedUntil = Now + s_pinned;
            }
        }

        Telemetry.Moved(move.Decision.Reason, pin.Kind);
        if (!isMoved)
        {
            Node.Log.NotMoved(account.Wire.Id, pin);
        }
    }
}
