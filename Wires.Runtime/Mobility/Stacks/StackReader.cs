using System.Diagnostics.CodeAnalysis;
using Wires.Infrastructure;
using Wires.Mailboxes;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>Reads what <see cref="StackWriter"/> has written. Nothing of it runs before <see cref="RebuiltStack.Start_OnTurn"/>.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class StackReader
{
    private const int MaxCount = 1 << 15;

    private readonly Activation _wire;
    private readonly List<(IStreamProducer Call, object Iterator, long Offer, CancellationTokenSource? End)> _streams = [];
    private readonly List<IStreamReader> _readers = [];
    private RebuiltStack? _rebuilt;

    /// <summary>Ends the stream whose variables are being read.</summary>
    private CancellationTokenSource? _stream;

    private StackReader(Activation wire, object state)
    {
        _wire = wire;
        Wire = state;
    }

    public object Wire { get; }

    public WireCall[] Calls { get; private set; } = [];

    /// <summary>What it belongs to, here.</summary>
    public Activation Activation => _wire;

    public WireFrame[] Frames { get; private set; } = [];

    public Ask[] Made { get; private set; } = [];

    /// <summary>The frame whose variables are being read.</summary>
    public WireFrame? Current { get; private set; }

    /// <summary>Reads the stack that follows a wire's state; null if nothing of it was suspended.</summary>
    /// <exception cref="WireSerializationException">It is none of such a wire.</exception>
    public static RebuiltStack? Read(Activation wire, object state, ref WireReader reader)
    {
        if (!reader.ReadUnmanaged<bool>())
        {
            return null;
        }

        var stack = new StackReader(wire, state);
        reader.Image!.Stack = stack;
        RebuiltStack rebuilt = stack.ReadTables(ref reader, out FrameAccess?[] access, out (AwaitedKind Kind, int Index)[] awaited);
        for (int i = 0; i < access.Length; i++)
        {
            if (access[i] is { } frame)
            {
                stack.Current = stack.Frames[i];
                frame.Read(stack.Frames[i], ref reader);
            }
        }

        stack.Current = null;
        foreach ((IStreamProducer call, object iterator, long offer, CancellationTokenSource? end) in stack._streams)
        {
            stack._stream = end;
            IteratorAccess.Of(iterator.GetType()).Read(iterator, ref reader);
            rebuilt.AddStream(call, iterator, offer, end);
        }

        stack.Connect(awaited);
        return rebuilt;
    }

    /// <summary>A frame by its place.</summary>
    public WireFrame FrameAt(int index) => (uint)index < (uint)Frames.Length ? Frames[index] : throw new WireSerializationException("A frame names another one that is not there.");

    /// <summary>A call that the wire has made, by its place.</summary>
    public Ask MadeAt(int index) => (uint)index < (uint)Made.Length ? Made[index] : throw new WireSerializationException("A frame names a call that is not there.");

    /// <summary>The token of a suspended call.</summary>
    public CancellationToken TokenAt(int index) => index == StackWriter.OfStream ? _stream?.Token ?? CancellationToken.None : index < 0 ? CancellationToken.None : At(Calls, index)!.Cancellation;

    /// <summary>The current frame awaits what stayed behind.</summary>
    /// <param name="start">Asks for the outcome at the node that it is given, and goes on with the frame when it is there; in the wire's first turn here.</param>
    public void AddForeign(Action<long> start) => _rebuilt!.AddForeign(start);

    /// <summary>A loop over a stream of a wire.</summary>
    public IStreamReader ReadReader(ref WireReader reader)
    {
        int index = reader.ReadVarIntInt32();
        if (index == _readers.Count)
        {
            WireCall call = ReadStream(ref reader);
            _readers.Add(StreamImage.Of(((IRemoteStream)call).ItemType).Read(call, ref reader, this));
        }

        return (uint)index < (uint)_readers.Count ? _readers[index] : throw new WireSerializationException("A variable names a loop over a stream that is not there.");
    }

    /// <summary>The call that has opened a stream, or will.</summary>
    public WireCall ReadStream(ref WireReader reader)
    {
        WireCall call = StackImage.ReadCall(ref reader, _wire.Node);
        return call is IRemoteStream ? call : throw new WireSerializationException($"A method of {call.Handle!.Type.Name} is no stream here: it is of another build.");
    }

    /// <summary>A loop over a stream goes on here.</summary>
    public void AddReader(IStreamReader reader, long offer) => _rebuilt!.AddReader(reader, offer);

    private RebuiltStack ReadTables(ref WireReader reader, out FrameAccess?[] access, out (AwaitedKind Kind, int Index)[] awaited)
    {
        WireNode node = _wire.Node;
        var calls = new WireCall[Count(ref reader)];
        Calls = calls;
        var rebuilt = new RebuiltStack(calls);
        _rebuilt = rebuilt;
        for (int i = 0; i < calls.Length; i++)
        {
            short tick = reader.ReadUnmanaged<short>();
            reader.ReadUnmanaged(out ulong method, out long adoption, out long remaining, out long number);
            reader.ReadUnmanaged(out bool isCancellable, out bool isCanceled);
            var chain = new long[Count(ref reader)];
            for (int link = 0; link < chain.Length; link++)
            {
                chain[link] = reader.ReadUnmanaged<long>();
            }

            WireCall call = (tick < 0 ? _wire.Type.GetMethod(method)
                : tick < _wire.Type.Ticks.Length ? _wire.Type.Ticks[tick].Method
                : throw new WireSerializationException($"{_wire.Type.Name} has fewer timers here: it is of another build.")).Create();
            call.Handle = _wire.Handle;
            call.Target = _wire;
            call.Deadline = remaining < 0 ? long.MaxValue : node.Now + remaining;
            call.Chain = chain.Length > 0 ? chain : null;
            rebuilt.Note(call, adoption, number, isCancellable ? Source(isCanceled) : null);
            calls[i] = call;
        }

        ReadMade(ref reader, rebuilt);
        int count = Count(ref reader);
        Frames = new WireFrame[count];
        access = new FrameAccess?[count];
        awaited = new (AwaitedKind, int)[count];
        var types = new StackTypes.Reader();
        for (int i = 0; i < count; i++)
        {
            reader.ReadUnmanaged(out short call, out short waiting, out byte kind, out long index);
            short token = reader.ReadUnmanaged<short>();
            awaited[i] = ((AwaitedKind)kind, (int)Math.Clamp(index, 0, int.MaxValue));
            if (awaited[i].Kind == AwaitedKind.Delay)
            {
                Frames[i] = rebuilt.AddDelay(new TimeSpan(index), TokenAt(token));
            }
            else if (awaited[i].Kind == AwaitedKind.AnyCall)
            {
                Frames[i] = ReadRace(awaited[i].Index, ref reader);
            }
            else
            {
                access[i] = FrameAccess.Of(types.Read(ref reader));
                Frames[i] = access[i]!.Create();
            }

            rebuilt.Add(Frames[i], At(calls, call), At(calls, waiting));
        }

        int streams = Count(ref reader);
        for (int i = 0; i < streams; i++)
        {
            reader.ReadUnmanaged(out ulong method, out long offer, out bool isCancellable, out bool isCanceled);
            IStreamProducer call = _wire.Type.GetMethod(method).Create() as IStreamProducer ?? throw new WireSerializationException("A stream is no stream here: it is of another build.");
            _streams.Add((call, IteratorAccess.Of(types.Read(ref reader)).Create(), offer, isCancellable ? Source(isCanceled) : null));
        }

        return rebuilt;
    }

    private RaceFrame ReadRace(int count, ref WireReader reader)
    {
        if (count > Made.Length)
        {
            throw new WireSerializationException("A frame waits for more calls than there are.");
        }

        var calls = new Ask[count];
        for (int i = 0; i < count; i++)
        {
            calls[i] = MadeAt(reader.ReadUnmanaged<short>());
        }

        return new RaceFrame(calls);
    }

    private void ReadMade(ref WireReader reader, RebuiltStack rebuilt)
    {
        Made = new Ask[Count(ref reader)];
        for (int i = 0; i < Made.Length; i++)
        {
            WireCall call = StackImage.ReadCall(ref reader, _wire.Node);
            reader.ReadUnmanaged(out long adoption, out long remaining);
            reader.ReadUnmanaged(out short token, out short parent);
            Made[i] = call as Ask ?? throw new WireSerializationException($"A method of {call.Handle!.Type.Name} that is awaited has no answer: it is of another build.");
            Made[i].Rebuild(_wire, At(Calls, parent), remaining);
            rebuilt.AddMade(Made[i], adoption, TokenAt(token));
        }
    }

    private void Connect((AwaitedKind Kind, int Index)[] awaited)
    {
        for (int i = 0; i < awaited.Length; i++)
        {
            switch (awaited[i].Kind)
            {
                case AwaitedKind.Frame:
                    FrameAt(awaited[i].Index).AwaitBy(Frames[i]);
                    break;
                case AwaitedKind.Call:
                    MadeAt(awaited[i].Index).AwaitedBy(Frames[i]);
                    break;
                case AwaitedKind.Yield:
                    Frames[i].IsYielding = true;
                    break;
            }
        }
    }

    private static WireCall? At(WireCall[] calls, int index) => index < 0 ? null : index < calls.Length ? calls[index] : throw new WireSerializationException("A frame names a call that is not there.");

    private static CancellationTokenSource Source(bool isCanceled)
    {
        var source = new CancellationTokenSource();
        if (isCanceled)
        {
            source.Cancel();
        }

        return source;
    }

    private static int Count(ref WireReader reader)
    {
        int count = reader.ReadVarIntInt32();
        return count is >= 0 and < MaxCount ? count : throw new WireSerializationException("A stack has more parts than any has.");
    }
}
