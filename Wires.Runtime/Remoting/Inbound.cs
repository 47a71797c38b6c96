using System.Collections.Concurrent;
using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Serialization.Formatters;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>Another node, as it calls this one: a connection that it has opened, and what runs on its behalf.</summary>
internal sealed class Inbound
{
    /// <summary>One-way calls that a node may have on their way to one wire; a wire with a full mailbox gives no more room.</summary>
    public const int OneWayRoom = 4096;

    private const int RoomStep = OneWayRoom / 4;
    private const int MaxAliases = 16 * 1024 * 1024;

    private readonly ClusterNode _cluster;
    private readonly ConcurrentDictionary<long, CancellationTokenSource> _cancellable = new();
    private readonly ConcurrentDictionary<long, IStreamProducer> _streams = new();
    private Alias[] _aliases = new Alias[64];
    private int _count = 1;

    private struct Alias
    {
        public WireHandle? Handle;
        public Exception? Error;
        public int Taken;
    }

    public Inbound(ClusterNode cluster, Connection connection)
    {
        _cluster = cluster;
        Connection = connection;
        connection.Tag = this;
    }

    public Connection Connection { get; }

    private WireNode Node => _cluster.Node;

    /// <summary>What the other side says on a connection that it has opened.</summary>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame) { Wires = Node };
        switch ((FrameKind)frame[0])
        {
            case FrameKind.Call:
            case FrameKind.OneWay:
            case FrameKind.Stream:
                Receive(ref reader, frame);
                break;
            case FrameKind.Define:
                Define(ref reader);
                break;
            case FrameKind.Cancel:
                if (_cancellable.TryGetValue(Number(ref reader), out CancellationTokenSource? source))
                {
                    // Callbacks of user code do not belong on the thread that reads for all.
                    _ = source.CancelAsync();
                }

                break;
            case FrameKind.Credit:
                if (_streams.TryGetValue(Number(ref reader), out IStreamProducer? granted))
                {
                    granted.Grant(Math.Max(0, reader.ReadUnmanaged<int>()));
                }

                break;
            case FrameKind.Close:
                if (_streams.TryRemove(Number(ref reader), out IStreamProducer? closed))
                {
                    closed.Close();
                }

                break;
            case FrameKind.Flush:
                // All that came before on this connection was posted or bounced by this same thread.
                Send(FrameKind.Flushed, Number(ref reader));
                break;
            case FrameKind.Question:
                Answer(ref reader);
                break;
            default:
                throw new WireSerializationException($"A frame of kind 0x{frame[0]:x2} has no place here.");
        }
    }

    /// <summary>The node that called is gone: nobody waits for what it asked.</summary>
    public void OnClosed()
    {
        foreach (IStreamProducer stream in _streams.Values)
        {
            stream.Close();
        }

        foreach (CancellationTokenSource source in _cancellable.Values)
        {
            _ = source.CancelAsync();
        }
    }

    /// <summary>Sends what a call came to.</summary>
    public void SendAnswer(Ask call, Exception? error)
    {
        WireBuffer buffer = WireBuffer.Rent();
        try
        {
            if (error is null)
            {
                try
                {
                    var writer = new WireWriter(buffer);
                    writer.WriteUnmanaged((byte)FrameKind.Result, call.OriginNumber);
                    call.EncodeResult(ref writer);
                    writer.Flush();
                    Connection.Send(buffer.WrittenSpan);
                    return;
                }
                catch (Exception e)
                {
                    error = Faults.Capture(e, call);
                    buffer.Clear();
                }
            }

            WriteFault(buffer, call.OriginNumber, error);
            Connection.Send(buffer.WrittenSpan);
        }
        catch (TransportException e)
        {
            buffer.Clear();
            WriteFault(buffer, call.OriginNumber, new WireSerializationException($"The answer of {call.CalledMethod.Signature} of wire {call.Handle!.Id} cannot be sent; the method has run. {e.Message}"));
            Connection.Send(buffer.WrittenSpan);
        }
        finally
        {
            buffer.Return();
            if (call.Cancellation.CanBeCanceled)
            {
                Forget(call.OriginNumber);
            }
        }
    }

    public void SendItem<T>(long number, WireFormatter<T> formatter, T item)
    {
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)FrameKind.Item, number);
        writer.WriteValue(formatter, in item!);
        writer.Flush();
        Connection.Send(buffer.WrittenSpan);
        buffer.Return();
    }

    public void SendEnd(long number, Exception? failure)
    {
        _streams.TryRemove(number, out _);
        Forget(number);
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)FrameKind.End, number, failure is not null);
        if (failure is not null)
        {
            FaultCodec.Write(ref writer, failure);
        }

        writer.Flush();
        Connection.Send(buffer.WrittenSpan);
        buffer.Return();
    }

    private static long Number(ref WireReader reader)
    {
        reader.Skip(1);
        return reader.ReadUnmanaged<long>();
    }

    private void Define(ref WireReader reader)
    {
        reader.Skip(1);
        reader.ReadUnmanaged(out int alias, out bool wasLost);
        string type = reader.ReadString() ?? "";
        WireKey key = WireKeyFormatter.ReadKey(ref reader);
        if (alias != _count || alias >= MaxAliases || key.IsDefault)
        {
            throw new WireSerializationException($"A wire was given number {alias} where {_count} is next.");
        }

        if (alias == _aliases.Length)
        {
            Array.Resize(ref _aliases, alias * 2);
        }

        ref Alias entry = ref _aliases[_count++];
        try
        {
            entry.Handle = Node.HandleOf(WireRegistry.GetType(type), key);
            entry.Handle.WasLost = wasLost;
        }
        catch (WireException e)
        {
            // Told to each call that names it.
            entry.Error = e;
        }
    }

    private void Receive(ref WireReader reader, ReadOnlySpan<byte> frame)
    {
        CallHeader header = CallHeader.Read(ref reader);
        if ((uint)header.Alias >= (uint)_count || header.Alias == 0)
        {
            throw new WireSerializationException($"A call names wire number {header.Alias}, which is none.");
        }

        ref Alias alias = ref _aliases[header.Alias];
        if (alias.Handle is not { } handle)
        {
            Refuse(header, alias.Error!);
            return;
        }

        // Before anything is built: most of what comes finds its wire alive.
        Activation? activation = handle.Activation is { IsClosed: false } known ? known : _cluster.FindOrActivate(handle, out long hint) is { } found ? found : Bounce(hint, frame);
        if (activation is null)
        {
            return;
        }

        WireCall call;
        try
        {
            WireMethod method = handle.Type.GetMethod(header.Method);
            call = (WireCall)(method.Rent() ?? method.Create());
            call.DecodeArguments(ref reader);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Refuse(header, e is WireException ? e : new WireSerializationException($"A call of wire {handle.Id} came from node {Connection.Peer.Name}, and its arguments could not be read: {e.Message}", e));
            return;
        }

        call.Handle = handle;
        call.Chain = header.Chain;
        call.Deadline = header.Remaining < 0 ? long.MaxValue : Node.Now + header.Remaining;
        if (header.TraceParent is not null)
        {
            Diagnostics.Telemetry.Received(call, header.TraceParent, header.TraceState);
        }

        if (header.IsCancellable)
        {
            var source = new CancellationTokenSource();
            _cancellable[header.Id] = source;
            call.Cancellation = source.Token;
        }

        switch (call)
        {
            case Ask ask:
                ask.Originates(this, header.Id);
                break;
            case OneWayCall oneWay:
                Queue(oneWay, handle, activation, header.Alias);
                return;
            case IStreamProducer stream:
                _streams[header.Id] = stream;
                stream.Originates(this, header.Id, header.Credit);
                break;
            default:
                throw new WireSerializationException($"A call names {call.Method.Signature}, which cannot be called.");
        }

        Post(call, handle, activation, header, frame);
    }

    private void Post(WireCall call, WireHandle handle, Activation activation, in CallHeader header, ReadOnlySpan<byte> frame)
    {
        while (true)
        {
            PostResult result = activation.HasWaitingSenders ? PostResult.Full : activation.Post(call, bounded: true);
            if (result == PostResult.Full && call.Chain is not null && activation.IsLetIn(call))
            {
                result = activation.Post(call, bounded: false);
            }

            switch (result)
            {
                case PostResult.Queued:
                    return;
                case PostResult.Full:
                    Refuse(header, Faults.Overloaded(handle, call.Method));
                    return;
                default:
                    handle.Activation = null;
                    if (_cluster.FindOrActivate(handle, out long hint) is { } next)
                    {
                        activation = next;
                        continue;
                    }

                    _streams.TryRemove(header.Id, out _);
                    Forget(header.Id);
                    Bounce(hint, frame);
                    return;
            }
        }
    }

    private void Queue(OneWayCall call, WireHandle handle, Activation activation, int alias)
    {
        while (true)
        {
            PostResult result = activation.HasWaitingSenders ? PostResult.Full : activation.Post(call, bounded: true);
            if (result == PostResult.Queued)
            {
                if (++_aliases[alias].Taken >= RoomStep)
                {
                    _aliases[alias].Taken = 0;
                    SendRoom(alias, RoomStep);
                }

                return;
            }

            if (result == PostResult.Full)
            {
                _ = WaitAsync(call, alias);
                return;
            }

            handle.Activation = null;
            if (_cluster.FindOrActivate(handle, out _) is not { } next)
            {
                // Between two looks: rare enough to let the sender's side find the new place by itself.
                _ = ForwardAsync(call, handle);
                return;
            }

            activation = next;
        }
    }

    /// <summary>A full mailbox: the call waits, and its sender gets no more room for it until it is in.</summary>
    private async Task WaitAsync(OneWayCall call, int alias)
    {
        try
        {
            await call.WaitForRoomAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            call.Discard(e);
        }

        SendRoom(alias, 1);
    }

    private static async Task ForwardAsync(OneWayCall call, WireHandle handle)
    {
        try
        {
            await call.Send(handle).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            call.Discard(e);
        }
    }

    /// <summary>A call is over here, or was not for here: nobody can cancel it any more.</summary>
    private void Forget(long number)
    {
        if (_cancellable.TryRemove(number, out CancellationTokenSource? source))
        {
            source.Dispose();
        }
    }

    private void SendRoom(int alias, int room)
    {
        Span<byte> frame = stackalloc byte[9];
        frame[0] = (byte)FrameKind.Room;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(frame[1..], alias);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(frame[5..], room);
        Connection.Send(frame);
    }

    private Activation? Bounce(long hint, ReadOnlySpan<byte> frame)
    {
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)FrameKind.Bounce, hint);
        writer.Flush();
        System.Buffers.BuffersExtensions.Write(buffer, frame);
        Connection.Send(buffer.WrittenSpan);
        buffer.Return();
        return null;
    }

    private void Refuse(in CallHeader header, Exception reason)
    {
        Exception refusal = Faults.Refusal(reason);
        Forget(header.Id);
        switch (header.Kind)
        {
            case FrameKind.Stream:
                SendEnd(header.Id, refusal);
                break;
            case FrameKind.OneWay:
                Node.Log.RemoteOneWayRefused(Connection.Peer.Name, refusal);
                SendRoom(header.Alias, 1);
                break;
            default:
                WireBuffer buffer = WireBuffer.Rent();
                WriteFault(buffer, header.Id, refusal);
                Connection.Send(buffer.WrittenSpan);
                buffer.Return();
                break;
        }
    }

    private void Answer(ref WireReader reader)
    {
        reader.Skip(1);
        reader.ReadUnmanaged(out long number, out byte kind);
        byte[]? answer = _cluster.Answer(Connection.Peer.Incarnation, kind, reader.TakeSpan((int)reader.Remaining));
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)FrameKind.Answer, number, answer is not null);
        writer.Flush();
        System.Buffers.BuffersExtensions.Write<byte>(buffer, answer);
        Connection.Send(buffer.WrittenSpan);
        buffer.Return();
    }

    private static void WriteFault(WireBuffer buffer, long number, Exception error)
    {
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)FrameKind.Fault, number);
        FaultCodec.Write(ref writer, error);
        writer.Flush();
    }

    private void Send(FrameKind kind, long number)
    {
        Span<byte> frame = stackalloc byte[9];
        frame[0] = (byte)kind;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(frame[1..], number);
        Connection.Send(frame);
    }
}
