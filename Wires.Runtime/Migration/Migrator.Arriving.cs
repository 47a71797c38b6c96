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

    /// <summary>From one look for such to the next.</summary>
    private const int ExpiryMilliseconds = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(long From, long Id), ArrivingBatch> _batches = [];

    /// <summary>Wires that are taken and not released.</summary>
    private readonly ConcurrentDictionary<WireHandle, Arrival> _arriving = new();

    /// <summary>Wires that are taken, and neither run nor were dropped.</summary>
    private readonly ConcurrentDictionary<Arrival, byte> _unsettled = new();

    private long _arrivingBytes;
    private long _nextExpiry;

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
            ArrivingBatch batch = BatchOf_NeedsLock(from, id);
            if (batch.Prepared is not null || batch.IsDropped)
            {
                return;
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
                return await PrepareAsync(from, question).ConfigureAwait(false);
            case MigrationQuestion.Take:
                return await TakeAsync(from, question).ConfigureAwait(false);
            case MigrationQuestion.Record:
                return AnswerRecord(question);
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

    private Task<byte[]> PrepareAsync(long from, byte[] question)
    {
        var reader = new ByteReader(question);
        long id = reader.Fixed();
        int count = reader.Number(MigrationBatch.MaxCount);
        ArrivingBatch batch;
        lock (_lock)
        {
            Expire_NeedsLock();
            batch = BatchOf_NeedsLock(from, id);
            if (batch.Prepared is not null)
            {
                return batch.Prepared.Task;
            }

            batch.Prepared = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            batch.Flaw ??= batch.IsDropped ? "its source has given it up" : batch.WholeCount != count ? "its image has not arrived whole" : Node.RefusesGuests;
            batch.Arrivals = new Arrival?[batch.Flaw is null ? count : 0];
        }

        var writer = new ByteWriter();
        for (int i = 0; i < count; i++)
        {
            writer.Text(batch.Flaw ?? Rebuild(batch, i) ?? "");
        }

        Arrival?[] dropped = [];
        lock (_lock)
        {
            ReturnImages_NeedsLock(batch);
            batch.Prepared.SetResult(writer.ToArray());
            if (batch.IsDropped)
            {
                (dropped, batch.Arrivals) = (batch.Arrivals, []);
            }
        }

        DropAll(dropped);

        return batch.Prepared.Task;
    }

    /// <remarks>A batch of which no wire is left is kept for a while, as what is said of it twice must not begin it anew.</remarks>
    private ArrivingBatch BatchOf_NeedsLock(long from, long id)
    {
        if (!_batches.TryGetValue((from, id), out ArrivingBatch? batch))
        {
            batch = new ArrivingBatch(from, id, Environment.TickCount64);
            _batches.Add((from, id), batch);
        }

        return batch;
    }

    /// <returns>Why the wire cannot live here; null if it can.</returns>
    private string? Rebuild(ArrivingBatch batch, int index)
    {
        try
        {
            var reader = new WireReader(batch.ImageOf(index)) { Wires = Node };
            Arrival arrival = WireImage.Read(ref reader, Node, batch.From);
            arrival.Activation = new Activation(arrival.Handle, new NodeLife(cluster, arrival.Epoch));
            arrival.Activation.SetHome(arrival.Home);
            if (!arrival.IsUnborn)
            {
                arrival.Wire = arrival.Activation.Rebuild_OnTurn(reader.TakeSpan((int)reader.Remaining), out Mobility.Stacks.RebuiltStack? stack);
                arrival.Stack = stack;
            }

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
        if (now < _nextExpiry)
        {
            return;
        }

        _nextExpiry = now + ExpiryMilliseconds;
        foreach (ArrivingBatch old in _batches.Values.Where(batch => !batch.KeepsWires && !batch.IsBeingBuilt && now - batch.Began > PreparedMilliseconds).ToList())
        {
            _batches.Remove((old.From, old.Id));
            ReturnImages_NeedsLock(old);
        }
    }
}
