using Wires.Balancing;

namespace Wires.Simulator;

// What nodes send each other: late, and at times not at all.
internal sealed partial class SimCluster
{
    private SimNode? Find(long id) => id >= 1 && id <= Nodes.Count && !Nodes[(int)id - 1].HasLeft ? Nodes[(int)id - 1] : null;

    private void Send(SimNode node, RoundResult result)
    {
        if (result.News is { } news && Find(result.NewsTarget) is { } listener && World.Random.NextDouble() >= _settings.NewsLoss)
        {
            World.After(Delay(), () => listener.Balancer.Receive(news, World.Now));
        }

        foreach (MoveRequest request in result.Requests)
        {
            Ask(node, request);
        }

        if (result.Proposal is { } proposal)
        {
            Propose(node, result.Partner, proposal);
        }
    }

    private void Ask(SimNode node, MoveRequest request)
    {
        SimNode? target = Find(request.Target);
        if (target is null || World.Random.NextDouble() < _settings.QuestionLoss)
        {
            World.After(_settings.QuestionTimeout, () => node.Balancer.Granted(request, GrantAnswer.Refused, World.Now));
            return;
        }

        World.After(Delay(), () =>
        {
            GrantAnswer answer = target.Balancer.Grant(request.Question, World.Now);
            World.After(Delay(), () => Move(node, node.Balancer.Granted(request, answer, World.Now)));
        });
    }

    private void Propose(SimNode node, long partner, ExchangeProposal proposal)
    {
        SimNode? target = Find(partner);
        if (target is null || World.Random.NextDouble() < _settings.QuestionLoss)
        {
            World.After(_settings.QuestionTimeout, () => node.Balancer.ExchangeAnswered(null, World.Now));
            return;
        }

        World.After(Delay(), () =>
        {
            ExchangeAnswer answer = target.Balancer.AnswerExchange(proposal, World.Now, out IReadOnlyList<PlannedMove> going);
            Move(target, going);
            World.After(Delay(), () => Move(node, node.Balancer.ExchangeAnswered(answer, World.Now)));
        });
    }

    // One after the other over the node's link; each wire stands still for its own time only.
    private void Move(SimNode source, IReadOnlyList<PlannedMove> moves)
    {
        foreach (PlannedMove move in moves)
        {
            WireKey key = move.Wire.Id.Key;
            key.TryGetInt64(out long index);
            SimWire wire = Wires[(int)index];
            TimeSpan start = source.LinkFree > World.Now ? source.LinkFree : World.Now;
            double sending = _settings.LinkSecondsPerMove + (_settings.LinkSecondsPerByte * wire.Bytes);
            source.LinkFree = start + TimeSpan.FromSeconds(sending);
            TimeSpan pause = TimeSpan.FromSeconds(sending + (_settings.MoveSeconds * World.Between(0.8, 1.5)));
            World.At(start, () => wire.IsInTransit = true);
            World.At(start + pause, () => Attach(source, wire, move, pause));
        }
    }

    private void Attach(SimNode source, SimWire wire, PlannedMove move, TimeSpan pause)
    {
        wire.IsInTransit = false;
        SimNode? target = Find(move.Target);
        if (target is null || World.Random.NextDouble() < _settings.MoveFailures)
        {
            FailedMoves++;
            source.Balancer.MoveEnded(move, isMoved: false, wire.Bytes, pause, World.Now);
            return;
        }

        Moves++;
        BytesMoved += wire.Bytes;
        LastMove = World.Now;
        wire.Moves++;
        source.Remove(wire);
        target.Add(wire);
        source.Balancer.MoveEnded(move, isMoved: true, wire.Bytes, pause, World.Now);
        target.Balancer.Arrived(wire.Profile, source.Id, World.Now);
        World.After(Delay(), () => wire.KnownNode = wire.Node.Id);
    }
}
