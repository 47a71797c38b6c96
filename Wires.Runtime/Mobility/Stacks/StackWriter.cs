using System.Diagnostics.CodeAnalysis;
using Wires.Infrastructure;
using Wires.Mailboxes;
using Wires.Remoting;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>Writes the suspended methods of a wire: the calls that they work for, the calls that they wait for, and their frames.</summary>
/// <remarks>
/// First come the tables, so that a frame may name any other; then the variables of the frames, one frame after another. References among them, and to the wire's state, are kept by
/// the image's one table of objects.
/// </remarks>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed partial class StackWriter
{
    /// <summary>Stands for the token that a stream was opened with, in its variables.</summary>
    public const short OfStream = -2;

    private readonly Activation _wire;
    private readonly List<WireFrame> _frames = [];
    private readonly List<WireCall> _calls = [];

    /// <summary>Calls that the wire has made and whose outcome it has not taken, awaited or not.</summary>
    private List<Ask> _made = [];

    private List<Ask>? _all;

    /// <summary>Loops over streams, as they were met in variables.</summary>
    private readonly List<IStreamReader> _readers = [];

    private readonly StackPlan _plan = new();

    /// <summary>The stream whose variables are being written.</summary>
    private IStreamProducer? _stream;

    /// <summary>Variables are being written: whoever writes one names it, and its method.</summary>
    private bool _namesVariables;

    private StackWriter(Activation wire) => _wire = wire;

    /// <summary>The frame whose variables are being written.</summary>
    public WireFrame? Current { get; private set; }

    /// <summary>As <see cref="_made"/>, those included whose method has ended. Looks at all calls of the process, once.</summary>
    private List<Ask> All => _all ??= AskRegistry.MadeBy(_wire);

    /// <summary>What the frames belong to.</summary>
    public object Wire => _wire.Wire!;

    /// <summary>Writes the stack of a wire whose turns stand still, behind its state.</summary>
    /// <exception cref="WireSerializationException">Something of it cannot travel.</exception>
    public static StackPlan? Write(Activation wire, ref WireWriter writer)
    {
        if (wire.LatestFrame_OnTurn is null && wire.Streams_OnTurn.Count == 0)
        {
            writer.WriteUnmanaged(false);
            return null;
        }

        writer.WriteUnmanaged(true);
        var stack = new StackWriter(wire);
        stack.Collect();
        writer.Image!.Stack = stack;
        stack.WriteTables(ref writer);
        stack._namesVariables = true;
        foreach (WireFrame frame in stack._frames)
        {
            if (frame.StateMachineType is not null)
            {
                stack.Current = frame;
                FrameAccess.Of(frame).Write(frame, ref writer);
            }
        }

        stack.Current = null;
        foreach (IStreamProducer stream in wire.Streams_OnTurn)
        {
            stack._stream = stream;
            IteratorAccess.Of(stream.Iterator.GetType()).Write(stream.Iterator, ref writer);
        }

        return stack._plan;
    }

    /// <summary>The place of a frame in the image.</summary>
    public int IndexOf(WireFrame frame) => _frames.IndexOf(frame) is var index and >= 0 ? index : throw Cannot("it holds the task of a method of another wire");

    /// <summary>The place of a call that the wire has made.</summary>
    public int IndexOf(Ask call) => _made.IndexOf(call) is var index and >= 0 ? index : throw Cannot("it awaits a call that another wire has made");

    /// <summary>The place of the call that a task stands for; -1 if it is none of this wire's.</summary>
    public int FindMade(Func<Ask, bool> isIt)
    {
        int index = _made.FindIndex(call => isIt(call));
        if (index < 0 && All.Exists(call => isIt(call)))
        {
            throw Cannot("it awaits a call that another method of the wire has begun, which has ended");
        }

        return index;
    }

    /// <summary>The place of the suspended call that a token is the token of; -1 for a token that never fires.</summary>
    public int IndexOf(CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return -1;
        }

        if (_stream is not null && _stream.Token == token)
        {
            return OfStream;
        }

        int index = _calls.FindIndex(call => call.Cancellation == token);
        return index >= 0 ? index : throw Cannot("it holds a CancellationToken that is none of its callers'");
    }

    /// <summary>The current frame awaits something that stays behind: this node tells the outcome.</summary>
    /// <param name="deputy">Tells it, once the frame is continued here.</param>
    /// <returns>What the outcome is asked for by.</returns>
    public long AddForeign(Action<Adoption> deputy)
    {
        long adoption = ClusterNode.NextAdoption();
        _plan.AddForeign(Current!, adoption, deputy);
        return adoption;
    }

    /// <summary>Writes a loop over a stream of a wire: all of it where it is met first.</summary>
    public void WriteReader(ref WireWriter writer, IStreamReader reader)
    {
        int index = _readers.IndexOf(reader);
        writer.WriteVarInt(index < 0 ? _readers.Count : index);
        if (index < 0)
        {
            _readers.Add(reader);
            StreamImage.Of(reader.ItemType).Write(reader, ref writer, this);
        }
    }

    /// <summary>A loop over a stream goes along, with so many items.</summary>
    /// <returns>What the rest is asked for by.</returns>
    public long AddReader(IStreamReader reader, int items)
    {
        long offer = ClusterNode.NextAdoption();
        _plan.AddReader(reader, items, offer);
        return offer;
    }

    /// <summary>Whether the current frame awaits nothing of ours.</summary>
    public bool AwaitsForeign => Current is { IsYielding: false, Awaited: null, StateMachineType: not null };

    /// <summary>Why a value of the current frame cannot travel.</summary>
    public WireSerializationException Cannot(string why) => new(_namesVariables ? $"{why}." : $"{Describe(Current)} cannot travel: {why}.");

    /// <summary>A frame, for people.</summary>
    public static string Describe(WireFrame? frame) => frame switch
    {
        null => "its stack",
        DelayFrame => $"{nameof(Wires.Wire)}.{nameof(Wires.Wire.Delay)}",
        MoveFrame => $"{nameof(Wires.Wire)}.{nameof(Wires.Wire.MoveTo)}",
        RaceFrame => $"{nameof(Wires.Wire)}.{nameof(Wires.Wire.WhenAny)}",
        _ => FrameAccess.Of(frame).Name,
    };

    private void Collect()
    {
        for (WireFrame? frame = _wire.LatestFrame_OnTurn; frame is not null; frame = frame.Earlier)
        {
            _frames.Add(frame);
        }

        // As they began: a call before those that came later.
        _frames.Reverse();
        foreach (WireFrame frame in _frames)
        {
            Current = frame;
            if (frame.HasForeignWaiter)
            {
                throw Cannot("a Task waits for it: await it by a WireTask method instead");
            }

            if (frame.WaitingCall is { } call && !_calls.Contains(call))
            {
                Check(call);
                _calls.Add(call);
            }
        }

        Current = null;
        if (_wire.SuspendedCalls_OnTurn != _calls.Count)
        {
            throw Cannot("a method of it that returns Task or ValueTask is suspended: WireTask travels");
        }

        _made = CollectMade();
    }

    private void Check(WireCall call)
    {
        if (call is not (Ask or OneWayCall or TickCall))
        {
            throw Cannot("its OnAttached or OnDetaching is suspended");
        }
    }
}
