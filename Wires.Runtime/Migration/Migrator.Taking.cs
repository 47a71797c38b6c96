using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Remoting;

namespace Wires.Migration;

// The node that wires come to, once it has rebuilt them: keeps, runs or drops them.
internal sealed partial class Migrator
{
    private Task<byte[]> TakeAsync(long from, byte[] question)
    {
        var reader = new ByteReader(question);
        long id = reader.Fixed();
        int[] places = new int[reader.Count(1)];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = reader.Number(MigrationBatch.MaxCount);
        }

        ArrivingBatch batch;
        Arrival?[] arrivals;
        lock (_lock)
        {
            batch = BatchOf_NeedsLock(from, id);
            arrivals = batch.Arrivals;
            if (batch.Taken is not null)
            {
                return batch.Taken.Task;
            }

            batch.Taken = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        byte[] answer = new byte[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] < arrivals.Length && arrivals[places[i]] is { } arrival)
            {
                if (TryTake(arrival))
                {
                    answer[i] = 1;
                }
                else if (Remove(from, id, places[i]) is not null)
                {
                    // The source goes on with it, and says no more of it.
                    Drop(arrival);
                }
            }
        }

        if (IsDropped(batch))
        {
            // In the same moment, by another connection: what was taken after it looked is dropped too.
            DropAll(arrivals);
            Array.Clear(answer);
        }

        batch.Taken.SetResult(answer);
        return batch.Taken.Task;
    }

    private bool IsDropped(ArrivingBatch batch)
    {
        lock (_lock)
        {
            return batch.IsDropped;
        }
    }

    private bool TryTake(Arrival arrival)
    {
        // Listed as the source's before it is in the directory.
        if (!_arriving.TryAdd(arrival.Handle, arrival))
        {
            return false;
        }

        _unsettled[arrival] = 0;
        if (!cluster.TryEnter(arrival.Activation!))
        {
            _arriving.TryRemove(new KeyValuePair<WireHandle, Arrival>(arrival.Handle, arrival));
            Settle(arrival);
            return false;
        }

        _forwarding.Remove(arrival.Handle);
        return true;
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
        Arrival?[] dropped;
        lock (_lock)
        {
            ArrivingBatch batch = BatchOf_NeedsLock(from, id);
            batch.IsDropped = true;
            if (batch.IsBeingBuilt)
            {
                return;
            }

            ReturnImages_NeedsLock(batch);
            (dropped, batch.Arrivals) = (batch.Arrivals, []);
        }

        DropAll(dropped);
    }

    private void DropAll(Arrival?[] arrivals)
    {
        foreach (Arrival? arrival in arrivals)
        {
            if (arrival is not null)
            {
                Drop(arrival);
            }
        }
    }

    /// <summary>Takes a wire that is not this node's yet out of its batch.</summary>
    private Arrival? Remove(long from, long id, int place)
    {
        lock (_lock)
        {
            if (!_batches.TryGetValue((from, id), out ArrivingBatch? batch) || place >= batch.Arrivals.Length || batch.Arrivals[place] is not { } arrival)
            {
                return null;
            }

            batch.Arrivals[place] = null;
            if (batch.IsOver)
            {
                _batches.Remove((from, id));
            }

            return arrival;
        }
    }

    /// <summary>The wire lives on elsewhere: what has come for it goes there.</summary>
    private void Drop(Arrival arrival)
    {
        if (_arriving.TryRemove(new KeyValuePair<WireHandle, Arrival>(arrival.Handle, arrival)))
        {
            SendBack(arrival);
        }

        if (arrival.TryDecide())
        {
            arrival.Activation!.Dispose(arrival.Wire);
        }
    }

    /// <summary>To the nodes that have sent it: not by this one, as the wire runs at its source already, and would hear what they say next before it.</summary>
    private void SendBack(Arrival arrival)
    {
        cluster.SendAway(arrival.Activation!, arrival.From, sendsBack: true);
        Settle(arrival);
    }

    private void Settle(Arrival arrival)
    {
        _unsettled.TryRemove(arrival, out _);
        arrival.Settled.TrySetResult();
    }

    private void ArrivalsOfTheGone(View view)
    {
        List<ArrivingBatch> orphans;
        lock (_lock)
        {
            orphans = [];
            foreach (ArrivingBatch batch in _batches.Values.Where(batch => view.Find(batch.From) is null).ToList())
            {
                _batches.Remove((batch.From, batch.Id));
                batch.IsDropped = true;
                if (!batch.IsBeingBuilt)
                {
                    orphans.Add(batch);
                    ReturnImages_NeedsLock(batch);
                }
            }
        }

        foreach (Arrival held in orphans.SelectMany(static batch => batch.TakeHeld()))
        {
            Start(held);
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
        if (result != RecordResult.Recorded)
        {
            Drop(arrival);
        }
        else if (TryRelease(arrival))
        {
            Start(arrival);
        }
    }

    /// <summary>This incarnation has ended, and with it what has not come to life in it.</summary>
    public void EndArrivals()
    {
        foreach (Arrival arrival in _arriving.Values)
        {
            // Its life is over: its first turn tells whoever waits.
            if (TryRelease(arrival))
            {
                Start(arrival);
            }
        }

        List<Arrival> held;
        lock (_lock)
        {
            held = [.. _batches.Values.SelectMany(static batch => batch.TakeHeld())];
        }

        held.ForEach(Start);
    }
}
