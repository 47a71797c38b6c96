using Wires.Infrastructure;
using Wires.Mailboxes;
using Wires.Remoting;

namespace Wires.Mobility.Stacks;

/// <summary>The suspended methods of a wire that has come, until its first turn here.</summary>
internal sealed class RebuiltStack(WireCall[] calls)
{
    private readonly List<(WireCall Call, long Adoption, long Number, CancellationTokenSource? Cancellation)> _notes = [];
    private readonly List<(Ask Call, long Adoption, CancellationToken Token)> _made = [];
    private readonly List<(WireFrame Frame, WireCall? Call)> _frames = [];
    private readonly List<(DelayFrame Frame, TimeSpan Remaining, CancellationToken Token)> _delays = [];
    private readonly List<Action<long>> _foreign = [];
    private readonly List<(IStreamReader Reader, long Offer)> _readers = [];
    private readonly List<(IStreamProducer Stream, object Iterator, long Offer, CancellationTokenSource? End)> _streams = [];

    /// <summary>Timers' methods among the suspended ones.</summary>
    public IEnumerable<TickCall> Ticks => calls.OfType<TickCall>();

    /// <summary>What others know a suspended call by.</summary>
    /// <param name="call">The call.</param>
    /// <param name="adoption">Whoever waits for its answer; 0 for nobody.</param>
    /// <param name="number">By <see cref="CallChains"/>; 0 for none.</param>
    /// <param name="cancellation">By which its caller may end it early; null where it may not.</param>
    public void Note(WireCall call, long adoption, long number, CancellationTokenSource? cancellation)
    {
        _notes.Add((call, adoption, number, cancellation));
        call.Cancellation = cancellation?.Token ?? CancellationToken.None;
    }

    public void AddMade(Ask call, long adoption, CancellationToken token) => _made.Add((call, adoption, token));

    /// <summary>Adds a stream.</summary>
    /// <param name="stream">The object that produces from now on.</param>
    /// <param name="iterator">Its method.</param>
    /// <param name="offer">What its consumer asks for it by.</param>
    /// <param name="end">Ends it early.</param>
    public void AddStream(IStreamProducer stream, object iterator, long offer, CancellationTokenSource? end) => _streams.Add((stream, iterator, offer, end));

    /// <summary>Adds a loop over a stream.</summary>
    /// <param name="reader">The loop.</param>
    /// <param name="offer">What the rest of the stream is asked for by.</param>
    public void AddReader(IStreamReader reader, long offer) => _readers.Add((reader, offer));

    /// <summary>Adds what has to be asked for at the node that the wire comes from.</summary>
    public void AddForeign(Action<long> start) => _foreign.Add(start);

    public DelayFrame AddDelay(TimeSpan remaining, CancellationToken token)
    {
        var frame = new DelayFrame();
        _delays.Add((frame, remaining, token));
        return frame;
    }

    /// <summary>Adds a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="call">The call that it works for.</param>
    /// <param name="completes">The call that is answered when it is done.</param>
    public void Add(WireFrame frame, WireCall? call, WireCall? completes)
    {
        _frames.Add((frame, call));
        switch (completes)
        {
            case Ask ask:
                ask.CompletedBy(frame);
                break;
            case UnansweredCall unanswered:
                unanswered.CompletedBy(frame);
                break;
        }
    }

    /// <summary>From here on it may go on.</summary>
    /// <param name="wire">The wire; its first turn here.</param>
    /// <param name="from">The node that it comes from, where the answers of its calls arrive.</param>
    public void Start_OnTurn(Activation wire, long from)
    {
        ClusterNode cluster = wire.Node.Cluster!;
        foreach ((WireCall call, long adoption, long number, CancellationTokenSource? cancellation) in _notes)
        {
            if (call is Ask ask)
            {
                ask.Originates();
                Adoption origin = cluster.Offer(adoption);
                origin.SetCancellation(cancellation);
                ask.Origin = origin;
            }

            if (number != 0)
            {
                CallChains.TakeOver(call, number);
            }
        }

        foreach (WireCall call in calls)
        {
            wire.Suspend_OnTurn(call);
        }

        foreach ((WireFrame frame, WireCall? call) in _frames)
        {
            frame.Rebind(wire, call);
            if (frame.IsYielding)
            {
                wire.BeginYield_OnTurn();
                frame.Resume();
            }
        }

        foreach ((DelayFrame frame, TimeSpan remaining, CancellationToken token) in _delays)
        {
            frame.Arm(remaining, token);
        }

        foreach ((Ask call, long adoption, CancellationToken token) in _made)
        {
            cluster.Adopt(call, from, adoption);
            if (token.CanBeCanceled)
            {
                call.Watch(token);
            }
        }

        _foreign.ForEach(start => start(from));
        _readers.ForEach(moving => moving.Reader.Begin_OnTurn(cluster, from, moving.Offer));
        foreach ((IStreamProducer stream, object iterator, long offer, CancellationTokenSource? end) in _streams)
        {
            stream.Rebuild(wire, iterator, offer, end);
            (wire.Extras_OnTurn.Streams ??= []).Add(stream);
            cluster.Offer(offer, stream);
        }
    }
}
