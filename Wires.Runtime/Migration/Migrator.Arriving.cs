using System.Collections.Concurrent;
using System.Globalization;
using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Remoting;
using Wires.Serialization;

namespace Wires.Migration;

// The node that wires come to.
internal sealed partial class Migrator
{
    /// <summary>What was not taken for so long, nobody will ask for any more.</summary>
    private const int PreparedMilliseconds = 120_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(long From, long Id), ArrivingBatch> _batches = [];

    /// <summary>Batches that were dropped: what is still said of them, by frames that were under way, has no effect.</summary>
    private readonly HashSet<(long From, long Id)> _dropped = [];

    /// <summary>Wires that are taken and not released.</summary>
    private readonly ConcurrentDictionary<WireHandle, Arrival> _arriving = new();

    private long _arrivingBytes;

    /// <summary>Wires that are neither this node's nor given back.</summary>
    public int Arriving => _arriving.Count;

    /// <summary>A part of an image has come. By the thread that reads the connection: does no more than copy.</summary>
    public void OnImage(long from, ref WireReader reader)
    {
        reader.Skip(1);
        reader.ReadUnmanaged(out long id, out int index, out int total, out int offset);
        ReadOnlySpan<byte> part = reader.TakeSpan((int)reader.Remaining);
        lock (_lock)
        {
            if (_dropped.Contains((from, id)))
            {
                return;
            }

            if (!_batches.TryGetValue((from, id), out ArrivingBatch? batch))
            {
                batch = new ArrivingBatch(from, id, Environment.TickCount64);
                _batches.Add((from, id), batch);
            }

            if (batch.Flaw is not null)
            {
                return;
            }

            long before = batch.Bytes;
            if (offset == 0 && _arrivingBytes + total > Node.Options.Cluster.MaxArrivingBytes)
            {
                batch.Flaw = string.Create(CultureInfo.InvariantCulture, $"node {Node.Name} takes no more than {Node.Options.Cluster.MaxArrivingBytes} bytes of arriving wires at once ({nameof(WiresClusterOptions.MaxArrivingBytes)})");
            }
            else if (!batch.TryAdd(index, total, offset, part))
            {
                batch.Flaw = "the parts of its image do not fit together";
            }

            _arrivingBytes += batch.Bytes - before;
        }
    }

    /// <summary>Answers a question about moves; not on the thread that reads the connection.</summary>
    /// <exception cref="InvalidDataException">The question cannot be read.</exception>
    public async Task<byte[]?> AnswerAsync(long from, byte kind, byte[] question)
    {
        switch (kind)
        {
            case MigrationQuestion.Offer:
                return AnswerOffer(question);
            case MigrationQuestion.Prepare:
                return AnswerPrepare(from, question);
            case MigrationQuestion.Take:
                await WhenEarlierHaveLeftAsync(from, question).ConfigureAwait(false);
                return AnswerTake(from, question);
            case MigrationQuestion.Record:
                return AnswerRecord(question);
            case MigrationQuestion.Release:
                return AnswerRelease(from, question);
            case MigrationQuestion.Drop:
                return AnswerDrop(from, question);
            case MigrationQuestion.Move:
                return await AnswerMoveAsync(question).ConfigureAwait(false);
            case MigrationQuestion.Why:
                return await AnswerWhyAsync(question).ConfigureAwait(false);
            default:
                return null;
        }
    }

    private byte[] AnswerOffer(byte[] question)
    {
        var reader = new ByteReader(question);
        int count = reader.Number(int.MaxValue);
        string? refusal = Node.RefusesGuests;
        var writer = new ByteWriter();
        writer.Number(refusal is null ? (ulong)count : 0);
        writer.Text(refusal ?? "");
        return writer.ToArray();
    }

    private byte[] AnswerPrepare(long from, byte[] question)
    {
        var reader = new ByteReader(question);
        long id = reader.Fixed();
        int count = reader.Number(MigrationBatch.MaxCount);
        ArrivingBatch? batch;
        lock (_lock)
        {
            Expire_NeedsLock();
            _batches.TryGetValue((from, id), out batch);
        }

        var writer = new ByteWriter();
        string? flaw = batch is null ? "its image has not arrived" : batch.Flaw ?? (batch.Count != count ? "its image has not arrived whole" : Node.RefusesGuests);
        if (flaw is null)
        {
            batch!.Arrivals = new Arrival?[count];
        }

        for (int i = 0; i < count; i++)
        {
            writer.Text(flaw ?? Rebuild(batch!, i) ?? "");
        }

        if (batch is not null)
        {
            lock (_lock)
            {
                ReturnImages_NeedsLock(batch);
                if (Array.TrueForAll(batch.Arrivals, static refused => refused is null))
                {
                    // The source asks for none of them.
                    _batches.Remove((from, id));
                }
            }
        }

        return writer.ToArray();
    }

    /// <returns>Why the wire cannot live here; null if it can.</returns>
    private string? Rebuild(ArrivingBatch batch, int index)
    {
        try
        {
            var reader = new WireReader(batch.ImageOf(index)) { Wires = Node };
            Arrival arrival = WireImage.Read(ref reader, Node, batch.From);
            arrival.Activation = new Activation(arrival.Handle, new NodeLife(cluster, arrival.Epoch));
            arrival.Wire = arrival.Activation.Rebuild_OnTurn(reader.TakeSpan((int)reader.Remaining), out Mobility.Stacks.RebuiltStack? stack);
            arrival.Stack = stack;
            batch.Arrivals[index] = arrival;
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What a constructor throws is anything.
            return $"node {Node.Name} cannot rebuild it: {e.GetType().Name}: {e.Message}";
        }
    }

    private void ReturnImages_NeedsLock(ArrivingBatch batch)
    {
        _arrivingBytes -= batch.Bytes;
        batch.ReturnImages();
    }

    private void Expire_NeedsLock()
    {
        long now = Environment.TickCount64;
        foreach (ArrivingBatch old in _batches.Values.Where(batch => !batch.IsTaken && now - batch.Began > PreparedMilliseconds).ToList())
        {
            _batches.Remove((old.From, old.Id));
            ReturnImages_NeedsLock(old);
        }
    }
}
