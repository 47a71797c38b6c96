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

        lock (_lock)
        {
            _arrivingBytes -= batch?.Bytes ?? 0;
            batch?.ReturnImages();
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
            arrival.Wire = arrival.Activation.Rebuild_OnTurn(reader.TakeSpan((int)reader.Remaining));
            batch.Arrivals[index] = arrival;
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What a constructor throws is anything.
            return $"node {Node.Name} cannot rebuild it: {e.GetType().Name}: {e.Message}";
        }
    }

    private byte[] AnswerTake(long from, byte[] question)
    {
        var reader = new ByteReader(question);
        long id = reader.Fixed();
        var answer = new byte[reader.Count(1)];
        ArrivingBatch? batch;
        lock (_lock)
        {
            if (_batches.TryGetValue((from, id), out batch))
            {
                batch.IsTaken = true;
            }
        }

        for (int i = 0; i < answer.Length; i++)
        {
            int index = reader.Number(MigrationBatch.MaxCount);
            answer[i] = (byte)(batch is not null && index < batch.Arrivals.Length && batch.Arrivals[index] is { } arrival && TryTake(arrival) ? 1 : 0);
        }

        if (IsDropped(from, id))
        {
            // In the same moment, by another connection: what was taken after it looked is dropped too.
            foreach (Arrival? arrival in batch?.Arrivals ?? [])
            {
                if (arrival is not null)
                {
                    Drop(arrival);
                }
            }

            Array.Clear(answer);
        }

        return answer;
    }

    private bool IsDropped(long from, long id)
    {
        lock (_lock)
        {
            return _dropped.Contains((from, id));
        }
    }

    private bool TryTake(Arrival arrival)
    {
        // Listed as the source's before it is in the directory.
        if (!_arriving.TryAdd(arrival.Handle, arrival))
        {
            return false;
        }

        if (!cluster.TryEnter(arrival.Activation!))
        {
            _arriving.TryRemove(new KeyValuePair<WireHandle, Arrival>(arrival.Handle, arrival));
            return false;
        }

        _forwarding.Remove(arrival.Handle);
        return true;
    }

    private byte[] AnswerRelease(long from, byte[] question)
    {
        var reader = new ByteReader(question);
        long id = reader.Fixed();
        int count = reader.Count(1);
        for (int i = 0; i < count; i++)
        {
            if (Remove(from, id, reader.Number(MigrationBatch.MaxCount)) is { } arrival)
            {
                Release(arrival);
            }
        }

        return [];
    }

    private byte[] AnswerDrop(long from, byte[] question)
    {
        var reader = new ByteReader(question);
        long id = reader.Fixed();
        int count = reader.Count(1);
        if (count == 0)
        {
            DropAll(from, id);
        }

        for (int i = 0; i < count; i++)
        {
            if (Remove(from, id, reader.Number(MigrationBatch.MaxCount)) is { } arrival)
            {
                Drop(arrival);
            }
        }

        return [];
    }

    private void DropAll(long from, long id)
    {
        ArrivingBatch? batch;
        lock (_lock)
        {
            _dropped.Add((from, id));
            if (!_batches.Remove((from, id), out batch))
            {
                return;
            }

            _arrivingBytes -= batch.Bytes;
            batch.ReturnImages();
        }

        foreach (Arrival? arrival in batch.Arrivals)
        {
            if (arrival is not null)
            {
                Drop(arrival);
            }
        }
    }

    private Arrival? Remove(long from, long id, int index)
    {
        lock (_lock)
        {
            if (!_batches.TryGetValue((from, id), out ArrivingBatch? batch) || index >= batch.Arrivals.Length || batch.Arrivals[index] is not { } arrival)
            {
                return null;
            }

            batch.Arrivals[index] = null;
            if (Array.TrueForAll(batch.Arrivals, static left => left is null))
            {
                _batches.Remove((from, id));
            }

            return arrival;
        }
    }

    private void Release(Arrival arrival)
    {
        if (_arriving.TryRemove(new KeyValuePair<WireHandle, Arrival>(arrival.Handle, arrival)))
        {
            cluster.Balancing?.Arrived(arrival);
            arrival.Activation!.Release_OnTurn(arrival);
            Node.Log.WireArrived(arrival.Handle.Id);
        }
    }

    /// <summary>The wire lives on elsewhere: what has come for it goes there.</summary>
    private void Drop(Arrival arrival)
    {
        if (_arriving.TryRemove(new KeyValuePair<WireHandle, Arrival>(arrival.Handle, arrival)))
        {
            cluster.SendAway(arrival.Activation!, arrival.From);
        }

        (arrival.Wire as IDisposable)?.Dispose();
    }

    private void ArrivalsOfTheGone(View view)
    {
        List<ArrivingBatch> orphans;
        lock (_lock)
        {
            orphans = [.. _batches.Values.Where(batch => view.Find(batch.From) is null)];
            _dropped.RemoveWhere(dropped => view.Find(dropped.From) is null);
            foreach (ArrivingBatch batch in orphans)
            {
                _batches.Remove((batch.From, batch.Id));
                _arrivingBytes -= batch.Bytes;
                batch.ReturnImages();
            }
        }

        foreach (Arrival arrival in orphans.SelectMany(static batch => batch.Arrivals).OfType<Arrival>())
        {
            if (_arriving.TryGetValue(arrival.Handle, out Arrival? taken) && ReferenceEquals(taken, arrival))
            {
                _ = AdoptAsync(arrival);
            }
            else
            {
                Drop(arrival);
            }
        }
    }

    /// <summary>The source is gone: whether this node may run the wire is for the wire's home to say.</summary>
    private async Task AdoptAsync(Arrival arrival)
    {
        WireHandle handle = arrival.Handle;
        RecordResult result = await RecordAsync(new MoveRecord(handle.Type.Name, handle.Key, arrival.From, cluster.Incarnation, arrival.Epoch)).ConfigureAwait(false);
        if (result == RecordResult.Recorded)
        {
            Release(arrival);
        }
        else
        {
            Drop(arrival);
        }
    }

    /// <summary>This incarnation has ended, and with it what has not come to life in it.</summary>
    public void EndArrivals()
    {
        foreach (Arrival arrival in _arriving.Values)
        {
            // Its life is over: its first turn tells whoever waits.
            Release(arrival);
        }
    }

    private void Expire_NeedsLock()
    {
        long now = Environment.TickCount64;
        foreach (ArrivingBatch old in _batches.Values.Where(batch => !batch.IsTaken && now - batch.Began > PreparedMilliseconds).ToList())
        {
            _batches.Remove((old.From, old.Id));
            _arrivingBytes -= old.Bytes;
            old.ReturnImages();
        }
    }
}
