using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Remoting;

namespace Wires.Migration;

// The node that wires come to, once they are its own: runs them, behind the calls that follow them.
internal sealed partial class Migrator
{
    /// <summary>Answers <see cref="MigrationQuestion.Release"/>. By the thread that reads the connection, as calls that come before it have to be in their mailboxes before the wires run.</summary>
    /// <exception cref="InvalidDataException">The question cannot be read.</exception>
    public void Release(long from, ReadOnlySpan<byte> question)
    {
        var reader = new ByteReader(question);
        long id = reader.Fixed();
        int[] places = new int[reader.Count(1)];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = reader.Number(MigrationBatch.MaxCount);
        }

        if (reader.Flag())
        {
            foreach (int place in places)
            {
                if (TakeToStart(from, id, place) is { } arrival)
                {
                    Start(arrival);
                }
            }
        }
        else
        {
            foreach (int place in places)
            {
                Hold(from, id, place);
            }
        }
    }

    /// <summary>The wire is this node's, and runs when its source says that all calls are there which it has to hear first, or when that one is gone.</summary>
    private void Hold(long from, long id, int place)
    {
        lock (_lock)
        {
            if (!_batches.TryGetValue((from, id), out ArrivingBatch? batch) || Remove(from, id, place) is not { } arrival || !TryRelease(arrival))
            {
                return;
            }

            // It may have been the last one in there.
            _batches[(from, id)] = batch;
            (batch.Held ??= []).Add(place, arrival);
        }
    }

    /// <summary>The wire is this node's, and whoever gets it runs it.</summary>
    private Arrival? TakeToStart(long from, long id, int place)
    {
        lock (_lock)
        {
            if (!_batches.TryGetValue((from, id), out ArrivingBatch? batch))
            {
                return null;
            }

            if (batch.Held is not { } held || !held.Remove(place, out Arrival? arrival))
            {
                return Remove(from, id, place) is { } next && TryRelease(next) ? next : null;
            }

            if (batch.IsOver)
            {
                _batches.Remove((from, id));
            }

            return arrival;
        }
    }

    /// <summary>The wire is this node's.</summary>
    /// <returns>Whether it is to be run.</returns>
    private bool TryRelease(Arrival arrival)
    {
        if (!_arriving.TryRemove(new KeyValuePair<WireHandle, Arrival>(arrival.Handle, arrival)))
        {
            return false;
        }

        if (!arrival.TryDecide())
        {
            // Dropped just before it was taken.
            SendBack(arrival);
            return false;
        }

        if (arrival.WasLost)
        {
            cluster.MarkLost(arrival.Handle);
        }

        if (!arrival.IsUnborn)
        {
            cluster.Balancing?.Arrived(arrival);
        }

        return true;
    }

    private void Start(Arrival arrival)
    {
        arrival.Activation!.Release_OnTurn(arrival);
        Settle(arrival);
        Node.Log.WireArrived(arrival.Handle.Id);
    }
}
