using Wires.Infrastructure;
using Wires.Mailboxes;
using Wires.Remoting;

namespace Wires.Mobility.Stacks;

/// <summary>What has to be done where a wire leaves in the middle of its methods, once it is certain that it leaves: for those who wait for it, and for what it waits for.</summary>
internal sealed class StackPlan
{
    private readonly List<(Ask Call, long Adoption)> _callers = [];
    private readonly List<(Ask Call, long Adoption)> _made = [];
    private readonly List<WireCall> _numbered = [];
    private readonly List<(IStreamProducer Stream, long Offer)> _streams = [];
    private readonly List<(IStreamReader Reader, int Items, long Offer)> _readers = [];
    private readonly List<WireFrame> _frames = [];
    private readonly List<(WireFrame Frame, long Adoption, Action<Adoption> Deputy)> _foreign = [];

    /// <summary>A suspended call whose answer will come from the wire's new node.</summary>
    public void AddCaller(Ask call, long adoption) => _callers.Add((call, adoption));

    /// <summary>A suspended call that goes on elsewhere under its number.</summary>
    public void AddNumbered(WireCall call) => _numbered.Add(call);

    /// <summary>A call that the wire has made and whose outcome it has not taken.</summary>
    public void AddMade(Ask call, long adoption) => _made.Add((call, adoption));

    /// <summary>A frame that awaits what stays behind.</summary>
    public void AddForeign(WireFrame frame, long adoption, Action<Adoption> deputy) => _foreign.Add((frame, adoption, deputy));

    /// <summary>A stream that goes on elsewhere.</summary>
    public void AddStream(IStreamProducer stream, long offer) => _streams.Add((stream, offer));

    /// <summary>A loop over a stream that goes on elsewhere, with so many of the items that have come.</summary>
    public void AddReader(IStreamReader reader, int items, long offer) => _readers.Add((reader, items, offer));

    /// <summary>A frame that goes on elsewhere.</summary>
    public void AddFrame(WireFrame frame) => _frames.Add(frame);

    /// <summary>Before the mailbox is closed, so that no answer finds neither the wire nor its deputy.</summary>
    public void Appoint(ClusterNode cluster, Activation wire)
    {
        _frames.ForEach(static frame => frame.Abandon());
        _streams.ForEach(static moving => moving.Stream.Leave());
        _readers.ForEach(static moving => moving.Reader.Leave(moving.Items));
        foreach ((WireFrame frame, long adoption, Action<Adoption> deputy) in _foreign)
        {
            Adoption outcome = cluster.Offer(adoption);
            frame.Deputy = () => deputy(outcome);
        }

        Deputies deputies = wire.Aside.Deputies ?? new Deputies();
        var taken = new List<(Ask, CallOrigin)>();
        foreach ((Ask call, long adoption) in _made)
        {
            Adoption origin = cluster.Offer(adoption);
            if (call.Cancellation.CanBeCanceled)
            {
                origin.SetCancellation(call.CancelledElsewhere());
            }

            deputies.Add(call, origin);
            if (!call.IsPending)
            {
                taken.Add((call, origin));
            }
        }

        wire.Aside.Deputies = deputies;
        foreach ((Ask call, _) in taken)
        {
            // Answered before the wire was frozen, and not awaited yet.
            call.AnswerDeputy();
        }
    }

    /// <summary>After the mailbox is closed: whoever waits for the wire asks its new node.</summary>
    public void HandOver(ClusterNode cluster, long target)
    {
        _numbered.ForEach(CallChains.HandOver);
        _streams.ForEach(moving => moving.Stream.HandOver(cluster, target, moving.Offer));
        _readers.ForEach(moving => moving.Reader.HandOver(cluster, moving.Offer));
        foreach ((Ask call, long adoption) in _callers)
        {
            switch (call.Origin)
            {
                case Inbound inbound:
                    inbound.SendMoved(call.OriginNumber, target, adoption);
                    break;
                case Adoption waiting:
                    waiting.Move(target, adoption);
                    break;
                case null:
                    cluster.Adopt(call, target, adoption);
                    break;
            }
        }
    }
}
