using System.Collections.Concurrent;
using Wires.Balancing;
using Wires.Infrastructure;
using Wires.Operating;
using Wires.Serialization;
using Wires.Serialization.Formatters;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>Another node, as it calls this one: a connection that it has opened, and what runs on its behalf.</summary>
internal sealed partial class Inbound : CallOrigin
{
    /// <summary>One-way calls that a node may have on their way to one wire, or waiting there.</summary>
    public const int OneWayRoom = 4096;

    private const int RoomStep = OneWayRoom / 4;
    private const int MaxAliases = 16 * 1024 * 1024;

    private readonly ClusterNode _cluster;
    private readonly ConcurrentDictionary<long, CancellationTokenSource> _cancellable = new();
    private readonly ConcurrentDictionary<long, IStreamProducer> _streams = new();
    private Alias?[] _aliases = [new Alias(), .. new Alias?[63]];
    private int _count = 1;
    private int _hasSaidGoodbye;
    private volatile bool _isDrained;

    private sealed class Alias
    {
        public WireHandle? Handle;
        public Exception? Error;

        /// <summary>Of the last call: most often that of the next one too.</summary>
        public WireMethod? Method;

        /// <summary>One-way calls that have run since room was given for them; of the wire's turns.</summary>
        public int Run;

        /// <summary>One-way calls that wait for room in the wire's mailbox.</summary>
        public int Waiting;

        /// <summary>
        /// A call by this number was sent back: so are all later ones, though the wire may have come here meanwhile. Their node asks for a new number once it has them all.
        /// </summary>
        public volatile bool HasBounced;
    }

    public Inbound(ClusterNode cluster, Connection connection)
    {
        _cluster = cluster;
        Connection = connection;
    }

    public Connection Connection { get; }

    private WireNode Node => _cluster.Node;

    /// <summary>What the other side says on a connection that it has opened.</summary>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        if (Connection.Peer.IsClient && (FrameKind)frame[0] != FrameKind.Question)
        {
            throw NotForClients();
        }

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
                reader.Skip(1);
                reader.ReadUnmanaged(out long flush, out int alias);
                Task flushed = alias == 0 ? _cluster.Migrator.WhenCalledHaveSettledAsync() : WhenLeftAsync(alias);
                if (flushed.IsCompleted)
                {
                    Connection.Send(FrameKind.Flushed, flush);
                }
                else
                {
                    _ = FlushedAsync(flush, flushed);
                }

                break;
            case FrameKind.Undefine:
                reader.Skip(1);
                reader.ReadUnmanaged(out long undefine, out int unneeded);
                Connection.Send(FrameKind.Answer, undefine, TryForget(unneeded));
                break;
            case FrameKind.Question:
                Answer(ref reader);
                break;
            case FrameKind.Adopt:
                long adoption = Number(ref reader);
                _cluster.Adopt(this, adoption, reader.ReadUnmanaged<long>());
                break;
            case FrameKind.AdoptStream:
                reader.Skip(1);
                reader.ReadUnmanaged(out long offer, out long stream, out int credit, out bool isClosed);
                _cluster.AdoptStream(this, offer, stream, Math.Max(0, credit), isClosed);
                break;
            case FrameKind.ReleaseStream:
                reader.Skip(1);
                reader.ReadUnmanaged(out long released, out long newOffer);
                if (_streams.TryGetValue(released, out IStreamProducer? producer))
                {
                    producer.Release(this, released, newOffer);
                }

                break;
            case FrameKind.Drained:
                _isDrained = true;
                break;
            case FrameKind.Image:
                _cluster.Migrator.OnImage(Connection.Peer.Incarnation, ref reader);
                break;
            default:
                throw new WireSerializationException($"A frame of kind 0x{frame[0]:x2} has no place here.");
        }
    }

    /// <summary>Whether the other node is there and has not said that it needs this one no more.</summary>
    public bool NeedsNode => !_isDrained && !Connection.IsClosed && !Connection.Peer.IsClient;

    /// <summary>Tells the other node that this one leaves, once.</summary>
    public void SayGoodbye()
    {
        if (Interlocked.Exchange(ref _hasSaidGoodbye, 1) == 0)
        {
            Connection.Send(FrameKind.Leaving, 0);
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

    /// <summary>Completes when a wire has left that is about to.</summary>
    private Task WhenLeftAsync(int alias)
    {
        if (alias <= 0 || alias >= _count || _aliases[alias]?.Handle is not { } handle)
        {
            return Task.CompletedTask;
        }

        if (Node.Directory.Find(handle)?.AsideOrNull?.Departure is { IsCommitting: true } departure)
        {
            return departure.WhenClosedAsync();
        }

        // It may have left in this moment, with its calls only just being sent back.
        _cluster.PassRoute(handle);
        return Task.CompletedTask;
    }

    private async Task FlushedAsync(long number, Task flushed)
    {
        await flushed.ConfigureAwait(false);
        Connection.Send(FrameKind.Flushed, number);
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
        bool isReused = alias > 0 && alias < _count && _aliases[alias] is null;
        if ((!isReused && alias != _count) || alias >= MaxAliases || key.IsDefault)
        {
            throw new WireSerializationException($"A wire was given number {alias} where {_count} is next.");
        }

        if (alias == _aliases.Length)
        {
            Array.Resize(ref _aliases, alias * 2);
        }

        var entry = new Alias();
        _aliases[alias] = entry;
        _count = Math.Max(_count, alias + 1);
        try
        {
            entry.Handle = Node.HandleOf(WireRegistry.GetType(type), key);
            if (wasLost)
            {
                _cluster.MarkLost(entry.Handle);
            }
        }
        catch (WireException e)
        {
            // Told to each call that names it.
            entry.Error = e;
        }
    }

    /// <summary>The other node can cancel a call that has moved here.</summary>
    public void NoteCancellable(long number, CancellationTokenSource source) => _cancellable[number] = source;

    /// <summary>Ends a call early, or a stream: whoever takes it sees to that from now on.</summary>
    public CancellationTokenSource? TakeCancellable(long number) => _cancellable.TryRemove(number, out CancellationTokenSource? source) ? source : null;

    /// <summary>Frees the number of a wire, if no call by it is left here that could be sent back.</summary>
    /// <exception cref="WireSerializationException">It is none.</exception>
    private bool TryForget(int number)
    {
        if (number <= 0 || number >= _count || _aliases[number] is not { } alias)
        {
            throw new WireSerializationException($"Wire number {number} is taken back, which is none.");
        }

        if (alias.Handle is { } handle)
        {
            if (Volatile.Read(ref alias.Waiting) > 0 || Node.Directory.Find(handle) is { IsAtRest: false })
            {
                return false;
            }

            // Where it has just left, its calls are sent back first.
            _cluster.PassRoute(handle);
        }

        _aliases[number] = null;
        return true;
    }

    /// <summary>A call is over here, or was not for here: nobody can cancel it any more.</summary>
    public void Forget(long number)
    {
        if (_cancellable.TryRemove(number, out CancellationTokenSource? source))
        {
            source.Dispose();
        }
    }

    private void Answer(ref WireReader reader)
    {
        reader.Skip(1);
        reader.ReadUnmanaged(out long number, out byte kind);
        ReadOnlySpan<byte> question = reader.TakeSpan((int)reader.Remaining);
        bool isOperators = OperatorQuestion.IsOne(kind);
        if (Connection.Peer.IsClient && !isOperators)
        {
            throw NotForClients();
        }

        if (kind == MigrationQuestion.Release)
        {
            // In its order with the calls that have been sent before it.
            Connection.Send(FrameKind.Answer, number, TryRelease(question));
            return;
        }

        if (isOperators || MigrationQuestion.IsOne(kind) || BalancingQuestion.IsOne(kind))
        {
            _ = AnswerAsync(number, kind, question.ToArray());
            return;
        }

        byte[]? answer = _cluster.Answer(Connection.Peer.Incarnation, kind, question);
        Connection.Send(FrameKind.Answer, number, answer is not null, answer);
    }

    private bool TryRelease(ReadOnlySpan<byte> question)
    {
        try
        {
            _cluster.Migrator.Release(Connection.Peer.Incarnation, question);
            return true;
        }
        catch (InvalidDataException e)
        {
            Node.Log.BadFrame(Connection.Peer.Name, Connection.RemoteAddress, e.Message);
            return false;
        }
    }

    /// <summary>A client is no member: what it says must not reach wires, nor what members agree on.</summary>
    private static WireSerializationException NotForClients() => new("A client may ask an operator's questions, and send nothing else.");

    /// <summary>Questions that take time, or wait for others, do not hold up what else comes on the connection.</summary>
    private async Task AnswerAsync(long number, byte kind, byte[] question)
    {
        await Task.Yield();
        byte[]? answer = null;
        try
        {
            answer = OperatorQuestion.IsOne(kind) ? await Node.Desk.AnswerAsync(kind, question).ConfigureAwait(false)
                : BalancingQuestion.IsOne(kind) ? _cluster.AnswerBalancing(Connection.Peer.Incarnation, kind, question)
                : await _cluster.Migrator.AnswerAsync(Connection.Peer.Incarnation, kind, question).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or WireException)
        {
            Node.Log.BadFrame(Connection.Peer.Name, Connection.RemoteAddress, e.Message);
        }

        Connection.Send(FrameKind.Answer, number, answer is not null, answer);
    }
}
