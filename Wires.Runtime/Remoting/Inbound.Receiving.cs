using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Remoting;

// From a frame to a mailbox.
internal sealed partial class Inbound
{
    private void Receive(ref WireReader reader, ReadOnlySpan<byte> frame)
    {
        CallHeader header = CallHeader.Read(ref reader);
        if ((uint)header.Alias >= (uint)_count || header.Alias == 0 || _aliases[header.Alias] is not { } alias)
        {
            throw new WireSerializationException($"A call names wire number {header.Alias}, which is none.");
        }

        if (alias.Handle is not { } handle)
        {
            Refuse(header, alias.Error!);
            return;
        }

        // Before anything is built: most of what comes finds its wire alive.
        long hint = 0;
        Activation? activation = alias.HasBounced ? null : handle.Activation is { IsClosed: false } known ? known : _cluster.FindOrActivate(handle, out hint);
        if (activation is null)
        {
            Bounce(alias, hint, frame);
            return;
        }

        WireCall call;
        try
        {
            if (alias.Method is not { } method || method.Id != header.Method)
            {
                alias.Method = method = handle.Type.GetMethod(header.Method);
            }

            call = (WireCall)(method.Rent() ?? method.Create());
            call.DecodeArguments(ref reader);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Refuse(header, e is WireException ? e : new WireSerializationException($"A call of wire {handle.Id} came from node {Connection.Peer.Name}, and its arguments could not be read: {e.Message}", e));
            return;
        }

        call.Handle = handle;
        call.Origin = this;
        call.OriginAlias = header.Alias;
        call.OriginNumber = header.Id;
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
                ask.Originates();
                break;
            case OneWayCall oneWay:
                Queue(oneWay, alias, activation, frame);
                return;
            case IStreamProducer stream:
                _streams[header.Id] = stream;
                stream.Originates(header.Credit);
                break;
            default:
                throw new WireSerializationException($"A call names {call.Method.Signature}, which cannot be called.");
        }

        Post(call, alias, activation, header, frame);
    }

    private void Post(WireCall call, Alias alias, Activation activation, in CallHeader header, ReadOnlySpan<byte> frame)
    {
        WireHandle handle = alias.Handle!;
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
                    long hint = 0;
                    if (!HasJustBounced(alias) && _cluster.FindOrActivate(handle, out hint) is { } next)
                    {
                        activation = next;
                        continue;
                    }

                    _streams.TryRemove(header.Id, out _);
                    Forget(header.Id);
                    Bounce(alias, hint, frame);
                    return;
            }
        }
    }

    /// <summary>A one-way call has run: what counts is how many wait, so that no sender fills a mailbox alone.</summary>
    public void Ended_OnTurn(OneWayCall call)
    {
        if (_aliases[call.OriginAlias] is { } alias && ++alias.Run >= RoomStep)
        {
            alias.Run = 0;
            GiveRoom(call.OriginAlias, RoomStep);
        }
    }

    /// <summary>So many more one-way calls may come for a wire.</summary>
    public void GiveRoom(int alias, int count) => Connection.Send(FrameKind.Room, alias, count);

    private void Queue(OneWayCall call, Alias alias, Activation activation, ReadOnlySpan<byte> frame)
    {
        WireHandle handle = alias.Handle!;
        while (true)
        {
            PostResult result = activation.HasWaitingSenders ? PostResult.Full : activation.Post(call, bounded: true);
            if (result == PostResult.Queued)
            {
                return;
            }

            if (result == PostResult.Full)
            {
                Interlocked.Increment(ref alias.Waiting);
                _ = WaitAsync(call, alias);
                return;
            }

            handle.Activation = null;
            long hint = 0;
            if (HasJustBounced(alias) || _cluster.FindOrActivate(handle, out hint) is not { } next)
            {
                Bounce(alias, hint, frame);
                call.Recycle();
                return;
            }

            activation = next;
        }
    }

    /// <summary>A full mailbox: the call waits, and its sender gets no more room for it until it has run.</summary>
    private static async Task WaitAsync(OneWayCall call, Alias alias)
    {
        try
        {
            await call.WaitForRoomAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            call.Discard(e);
        }

        Interlocked.Decrement(ref alias.Waiting);
    }

    /// <summary>A call that waited here follows its wire to another node.</summary>
    public void Forwards_OnTurn(WireCall call)
    {
        call.Span?.Stop();
        call.Span = null;
        if (call is Ask ask)
        {
            ask.Forwards();
        }
        else
        {
            // It waits here no longer, and nobody is to be told when it has run.
            Ended_OnTurn((OneWayCall)call);
            call.Origin = null;
        }
    }

    /// <summary>A call that waited here, or the opening of a stream, goes back to its node, which sends it after its wire.</summary>
    /// <returns>False for a stream whose consumer has just left that node: it goes on from here.</returns>
    public bool TrySendBack(WireCall call, long hint)
    {
        if (call is not (Ask or OneWayCall) && !_streams.TryRemove(call.OriginNumber, out _))
        {
            return false;
        }

        _aliases[call.OriginAlias]!.HasBounced = true;
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)FrameKind.Bounce, hint);
        FrameKind kind = call switch
        {
            Ask => FrameKind.Call,
            OneWayCall => FrameKind.OneWay,
            _ => FrameKind.Stream,
        };
        CallHeader.Write(ref writer, call, kind, call.OriginAlias, call.OriginNumber);
        if (kind == FrameKind.OneWay)
        {
            // The others are still where they were made.
            call.EncodeArguments(ref writer);
        }

        writer.Flush();
        Connection.Send(buffer.WrittenSpan);
        buffer.Return();
        if (kind != FrameKind.OneWay)
        {
            Forget(call.OriginNumber);
        }

        call.Span?.Stop();
        call.Span = null;
        call.Recycle();
        return true;
    }

    private void Bounce(Alias alias, long hint, ReadOnlySpan<byte> frame)
    {
        // Where the wire has just left, the calls that waited for it go back first.
        _cluster.PassRoute(alias.Handle!);
        alias.HasBounced = true;
        Connection.Send(FrameKind.Bounce, hint, frame);
    }

    /// <summary>Whether the wire has left with calls of this number, by now.</summary>
    private bool HasJustBounced(Alias alias)
    {
        _cluster.PassRoute(alias.Handle!);
        return alias.HasBounced;
    }
}
