using Wires.Infrastructure;
using Wires.Mailboxes;
using Wires.Remoting;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

// The tables: who waits for the wire, what it waits for, and its frames.
internal sealed partial class StackWriter
{
    /// <summary>
    /// Each call counts what is under way on its behalf. Where that comes to the frames, and the calls that they await, there is nothing else. Only where it does not are all calls of the
    /// process looked at: a process may have a hundred thousand.
    /// </summary>
    private List<Ask> CollectMade()
    {
        var made = new List<Ask>();
        var active = new List<WireCall>();
        int others = -_frames.Count;
        foreach (WireCall call in _calls)
        {
            Count(ActiveCall(call));
        }

        foreach (IStreamProducer stream in _wire.Streams_OnTurn)
        {
            Count((WireCall)stream);
        }

        foreach (WireFrame frame in _frames)
        {
            if (frame.Call is not { } call)
            {
                return All;
            }

            Count(call);
            foreach (Ask? awaited in frame is RaceFrame race ? race.Calls : [frame.Awaited as Ask])
            {
                if (awaited?.IsHeldBy(_wire) == true && !made.Contains(awaited))
                {
                    made.Add(awaited);
                }
            }
        }

        return others == made.Count && !_wire.HasUncountedCalls_OnTurn ? made : All;

        void Count(WireCall call)
        {
            if (!active.Contains(call))
            {
                active.Add(call);
                others += call.Children;
            }
        }
    }

    private void WriteTables(ref WireWriter writer)
    {
        writer.WriteVarInt(_calls.Count);
        foreach (WireCall call in _calls)
        {
            WireMethod method = call is Ask ask ? ask.CalledMethod : call.Method;
            long adoption = call is Ask ? ClusterNode.NextAdoption() : 0;

            // A call that it has made to a wire of this node may yet come back to it, to where it is then.
            short tick = (short)Array.FindIndex(_wire.Type.Ticks, tick => ReferenceEquals(tick.Method, method));
            writer.WriteUnmanaged(tick, method.Id, adoption, Remaining(call), CallChains.NumberOf(ActiveCall(call)));
            writer.WriteUnmanaged(call.Cancellation.CanBeCanceled, call.Cancellation.IsCancellationRequested);
            _plan.AddNumbered(ActiveCall(call));
            long[] chain = ChainOf(ActiveCall(call)) ?? [];
            writer.WriteVarInt(chain.Length);
            foreach (long number in chain)
            {
                writer.WriteUnmanaged(number);
            }

            if (call is Ask answered)
            {
                _plan.AddCaller(answered, adoption);
            }
        }

        WriteMade(ref writer);
        writer.WriteVarInt(_frames.Count);
        var types = new StackTypes.Writer();
        foreach (WireFrame frame in _frames)
        {
            _plan.AddFrame(frame);
            writer.WriteUnmanaged((short)_calls.FindIndex(call => ReferenceEquals(ActiveCall(call), frame.Call)), (short)(frame.WaitingCall is { } waiting ? _calls.IndexOf(waiting) : -1));
            if (frame is MoveFrame)
            {
                // Where it arrives, it has moved.
                writer.WriteUnmanaged((byte)AwaitedKind.Delay, 0L, (short)-1);
                continue;
            }

            if (frame is DelayFrame delay)
            {
                Current = frame;
                writer.WriteUnmanaged((byte)AwaitedKind.Delay, delay.Remaining.Ticks, (short)IndexOf(delay.Cancellation));
                continue;
            }

            if (frame is RaceFrame race)
            {
                Current = frame;
                writer.WriteUnmanaged((byte)AwaitedKind.AnyCall, (long)race.Calls.Length, (short)-1);
                foreach (Ask? call in race.Calls)
                {
                    writer.WriteUnmanaged((short)IndexOf(call ?? throw Cannot("it awaits a task that is no call of this wire")));
                }

                continue;
            }

            (AwaitedKind kind, int index) = frame switch
            {
                { IsYielding: true } => (AwaitedKind.Yield, 0),
                { Awaited: WireFrame child } => (AwaitedKind.Frame, IndexOf(child)),
                { Awaited: Ask made } => (AwaitedKind.Call, IndexOf(made)),
                { Awaited: IStreamReader } => (AwaitedKind.Item, 0),
                _ => (AwaitedKind.Foreign, 0),
            };
            writer.WriteUnmanaged((byte)kind, (long)index, (short)-1);
            types.Write(ref writer, FrameAccess.Of(frame).StateMachine);
        }

        writer.WriteVarInt(_wire.Streams_OnTurn.Count);
        foreach (IStreamProducer stream in _wire.Streams_OnTurn)
        {
            long offer = ClusterNode.NextAdoption();
            writer.WriteUnmanaged(stream.Method.Id, offer, stream.Token.CanBeCanceled, stream.Token.IsCancellationRequested);
            types.Write(ref writer, stream.Iterator.GetType());
            _plan.AddStream(stream, offer);
        }
    }

    private void WriteMade(ref WireWriter writer)
    {
        writer.WriteVarInt(_made.Count);
        foreach (Ask made in _made)
        {
            long adoption = ClusterNode.NextAdoption();
            StackImage.WriteCall(ref writer, made.Handle!, made.CalledMethod);
            writer.WriteUnmanaged(adoption, Remaining(made), (short)IndexOf(made.Cancellation), (short)_calls.FindIndex(call => ReferenceEquals(ActiveCall(call), made.Parent)));
            _plan.AddMade(made, adoption);
        }
    }

    /// <summary>The call that is active in the wire: another object where the method began on its caller's stack.</summary>
    private static WireCall ActiveCall(WireCall call) => call is Ask ask ? ask.Active : call;

    private static long[]? ChainOf(WireCall call) => call.Parent is null ? call.Chain : CallChains.Describe(call.Parent);

    private static long Remaining(WireCall call) => call.Deadline == long.MaxValue ? -1 : Math.Max(0, call.Deadline - call.Handle!.Node.Now);
}
