using System.Collections.Concurrent;
using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>Another node, as this one calls it: a connection that this node has opened, and what waits for answers on it.</summary>
internal sealed partial class Peer
{
    private static readonly TimeSpan s_drainLook = TimeSpan.FromMilliseconds(2);

    private static long s_last;

    private readonly Lock _lock = new();
    private readonly List<RemoteRoute?> _routes = [null];

    /// <summary>Numbers that the other side has forgotten.</summary>
    private readonly Stack<int> _free = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<byte[]?>> _waiting = new();
    private readonly ConcurrentDictionary<long, IRemoteStream> _streams = new();
    private long _lastNumber;

    public Peer(ClusterNode cluster, Connection connection)
    {
        Cluster = cluster;
        Connection = connection;
    }

    public ClusterNode Cluster { get; }

    public Connection Connection { get; }

    public bool IsOpen => !Connection.IsClosed;

    /// <summary>Tells the connections of this process apart: part of what an outstanding call is claimed by.</summary>
    public long Number { get; } = Interlocked.Increment(ref s_last);

    public string Name => Connection.Peer.Name;

    /// <summary>How many numbers wires have or have had on this connection.</summary>
    public int NumberCount
    {
        get
        {
            lock (_lock)
            {
                return _routes.Count;
            }
        }
    }

    /// <summary>Gives a wire its number on this connection, and tells the other side.</summary>
    /// <param name="route">The way to the wire.</param>
    /// <param name="wasLost">Whether this node has known it on a node that is gone.</param>
    public int Define(RemoteRoute route, bool wasLost)
    {
        WireBuffer buffer = WireBuffer.Rent();
        lock (_lock)
        {
            if (_free.TryPop(out int alias))
            {
                _routes[alias] = route;
            }
            else
            {
                alias = _routes.Count;
                _routes.Add(route);
            }

            var writer = new WireWriter(buffer);
            writer.WriteUnmanaged((byte)FrameKind.Define, alias, wasLost);
            writer.WriteString(route.Handle.Type.Name);
            Serialization.Formatters.WireKeyFormatter.WriteKey(ref writer, route.Handle.Key);
            writer.Flush();

            // In the lock: the other side expects new numbers in their order.
            Connection.Send(buffer.WrittenSpan);
            buffer.Return();
            return alias;
        }
    }

    public void AddStream(long number, IRemoteStream stream) => _streams[number] = stream;

    public void RemoveStream(long number) => _streams.TryRemove(number, out _);

    /// <summary>What the other side says on a connection that this side has opened.</summary>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame) { Wires = Cluster.Node };
        var kind = (FrameKind)reader.ReadUnmanaged<byte>();
        switch (kind)
        {
            case FrameKind.Result:
            case FrameKind.Fault:
                Answered(reader.ReadUnmanaged<long>(), kind, ref reader);
                break;
            case FrameKind.Bounce:
                Bounced(ref reader);
                break;
            case FrameKind.Moved:
                Moved(ref reader);
                break;
            case FrameKind.Room:
                reader.ReadUnmanaged(out long alias, out int room);
                RouteOf((int)alias)?.MakeRoom(this, room);
                break;
            case FrameKind.Item:
                if (_streams.TryGetValue(reader.ReadUnmanaged<long>(), out IRemoteStream? stream))
                {
                    stream.Receive(ref reader);
                }

                break;
            case FrameKind.End:
                if (_streams.TryRemove(reader.ReadUnmanaged<long>(), out IRemoteStream? ended))
                {
                    ended.End(reader.ReadUnmanaged<bool>() ? FaultCodec.Read(ref reader) : null);
                }

                break;
            case FrameKind.StreamMoved:
                reader.ReadUnmanaged(out long moved, out long incarnation, out long offer);
                if (_streams.TryRemove(moved, out IRemoteStream? gone))
                {
                    Cluster.Adopt(gone, incarnation, offer);
                }

                break;
            case FrameKind.Leaving:
                _ = DrainAsync();
                break;
            case FrameKind.Flushed:
            case FrameKind.Answer:
                long number = reader.ReadUnmanaged<long>();
                if (_waiting.TryGetValue(number, out TaskCompletionSource<byte[]?>? waiting))
                {
                    bool isAnswer = kind == FrameKind.Answer && reader.ReadUnmanaged<bool>();
                    waiting.TrySetResult(isAnswer ? reader.TakeSpan((int)reader.Remaining).ToArray() : null);
                }

                break;
            default:
                throw new WireSerializationException($"A frame of kind 0x{(byte)kind:x2} has no place here.");
        }
    }

    /// <summary>A call that was never handed to the network: it is sent again, elsewhere or later.</summary>
    public void OnUnsent(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > 0 && (FrameKind)frame[0] is FrameKind.Call or FrameKind.OneWay or FrameKind.Stream)
        {
            var reader = new WireReader(frame) { Wires = Cluster.Node };
            TakeBack(ref reader, hint: 0);
        }
    }

    /// <summary>The connection is gone: what was sent on it and not answered may have run.</summary>
    public void OnClosed(string reason)
    {
        foreach (Ask? call in CallTable.All)
        {
            if (call is not null && call.RemoteState >> RemoteClaim.TokenBits == Number)
            {
                long claim = call.RemoteState;
                if (claim >> RemoteClaim.TokenBits == Number && call.TryEndRemote(claim))
                {
                    call.FailRemote(Faults.ConnectionLost(call, Name, reason));
                }
            }
        }

        foreach (KeyValuePair<long, IRemoteStream> stream in _streams)
        {
            if (_streams.TryRemove(stream))
            {
                stream.Value.End(new WireUnreachableException($"The connection to node {Name} was lost while a stream was under way: {reason}"));
            }
        }

        foreach (TaskCompletionSource<byte[]?> waiting in _waiting.Values)
        {
            waiting.TrySetResult(null);
        }

        foreach (RemoteRoute? route in Routes())
        {
            route?.Lost(this);
        }
    }

    /// <summary>The other node leaves: calls find another way, and it is told when those that it has got are answered.</summary>
    private async Task DrainAsync()
    {
        Cluster.Leaves(Connection.Peer.Incarnation);
        await Task.Yield();
        foreach (RemoteRoute? route in Routes())
        {
            route?.Leave(this);
        }

        await FlushAsync().ConfigureAwait(false);
        while (IsOpen && HasCallsUnderWay())
        {
            await Task.Delay(s_drainLook, TimeProvider.System).ConfigureAwait(false);
        }

        Connection.Send(FrameKind.Drained, 0);
    }

    private bool HasCallsUnderWay()
    {
        foreach (Ask? call in CallTable.All)
        {
            if (call is not null && call.RemoteState >> RemoteClaim.TokenBits == Number)
            {
                return true;
            }
        }

        return !_streams.IsEmpty;
    }

    private RemoteRoute?[] Routes()
    {
        lock (_lock)
        {
            return [.. _routes];
        }
    }

    private void Answered(long number, FrameKind kind, ref WireReader reader)
    {
        if (CallTable.Find(number) is not { } call || !call.TryEndRemote(RemoteClaim.Of(Number, call.Token)))
        {
            // Timed out, or cancelled.
            return;
        }

        AnswerFrame.Complete(call, kind, ref reader, Name);
    }

    /// <summary>The wire moved in the middle of the method.</summary>
    private void Moved(ref WireReader reader)
    {
        reader.ReadUnmanaged(out long number, out long incarnation, out long adoption);
        if (CallTable.Find(number) is { } call && call.TryEndRemote(RemoteClaim.Of(Number, call.Token)))
        {
            Cluster.Adopt(call, incarnation, adoption);
        }
    }

    private void Bounced(ref WireReader reader)
    {
        long hint = reader.ReadUnmanaged<long>();
        TakeBack(ref reader, hint);
    }

    private void TakeBack(ref WireReader reader, long hint)
    {
        CallHeader header = CallHeader.Read(ref reader);
        if (RouteOf(header.Alias) is not { } route)
        {
            return;
        }

        WireCall? call = null;
        switch (header.Kind)
        {
            case FrameKind.Call:
                if (CallTable.Find(header.Id) is { } ask && ask.TryEndRemote(RemoteClaim.Of(Number, ask.Token)))
                {
                    call = ask;
                }

                break;
            case FrameKind.Stream:
                if (_streams.TryRemove(header.Id, out IRemoteStream? stream))
                {
                    call = stream.Call;
                }

                break;
            default:
                // A one-way call's object was given back when it was sent: the frame has all that it needs.
                WireMethod method = route.Handle.Type.GetMethod(header.Method);
                call = (WireCall)(method.Rent() ?? method.Create());
                call.DecodeArguments(ref reader);
                call.Handle = route.Handle;
                call.Deadline = header.Remaining < 0 ? long.MaxValue : Cluster.Node.Now + header.Remaining;
                break;
        }

        if (call is not null)
        {
            route.Returned(this, call, hint);
        }
    }

    private RemoteRoute? RouteOf(int alias)
    {
        lock (_lock)
        {
            return (uint)alias < (uint)_routes.Count ? _routes[alias] : null;
        }
    }
}
