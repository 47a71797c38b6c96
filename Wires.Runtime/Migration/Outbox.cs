using System.Globalization;
using Wires.Cluster;

namespace Wires.Migration;

/// <summary>The wires that are to move from this node to one other. Bounds how many stand still at once, and sends them in batches.</summary>
internal sealed class Outbox(Migrator migrator, Member target)
{
    /// <summary>Wires asked to stop at once.</summary>
    private const int MaxAsked = 256;

    /// <summary>Of the images of wires that stand still, where their size is known from those before.</summary>
    private const long MaxAskedBytes = 16 * 1024 * 1024;

    /// <summary>While one is under way, the next one gathers.</summary>
    private const int MaxBatches = 2;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Queue<Departure> _waiting = new();
    private readonly HashSet<Departure> _asked = [];
    private readonly Queue<Departure> _frozen = new();
    private int _batches;
    private bool _isAsking;
    private long _imageBytes;

    /// <summary>For how long a wire that cannot move at once is waited for.</summary>
    private TimeSpan Patience => migrator.Patience;

    public Departure Add(Activation wire)
    {
        var departure = new Departure(wire, target, OnFrozen);
        bool ask;
        lock (_lock)
        {
            _waiting.Enqueue(departure);
            ask = !_isAsking;
            _isAsking = true;
        }

        if (ask)
        {
            _ = AskAsync();
        }

        return departure;
    }

    /// <summary>Sends a wire that has not come to life: it is not offered first, as it has little to lose.</summary>
    public void AddUnborn(Departure departure) => OnFrozen(departure);

    /// <summary>Of the last images, for the wires that follow.</summary>
    public void NoteImage(long bytes) => Volatile.Write(ref _imageBytes, ((3 * Volatile.Read(ref _imageBytes)) + bytes) / 4);

    private int Window => (int)Math.Clamp(MaxAskedBytes / Math.Max(1, Volatile.Read(ref _imageBytes)), 4, MaxAsked);

    private async Task AskAsync()
    {
        await Task.Yield();
        while (true)
        {
            int wanted;
            Task[] under;
            lock (_lock)
            {
                if (_waiting.Count == 0 && _asked.Count == 0)
                {
                    _isAsking = false;
                    return;
                }

                wanted = Math.Min(_waiting.Count, Window - _asked.Count);
                under = wanted > 0 ? [] : [.. _asked.Select(static departure => departure.Ended)];
            }

            if (wanted > 0)
            {
                await OfferAsync(wanted).ConfigureAwait(false);
            }
            else
            {
                await Task.WhenAny([.. under, Task.Delay(s_look, TimeProvider.System, CancellationToken.None)]).ConfigureAwait(false);
                Look();
            }
        }
    }

    private async Task OfferAsync(int count)
    {
        string? refusal = null;
        try
        {
            (count, refusal) = await migrator.OfferAsync(target, count).ConfigureAwait(false);
        }
        catch (Exception e) when (Faults.IsOfAnotherNode(e) || e is InvalidDataException)
        {
            refusal = e.Message;
            count = 0;
        }

        if (count == 0)
        {
            // What is true for one is true for all.
            List<Departure> refused;
            lock (_lock)
            {
                refused = [.. _waiting];
                _waiting.Clear();
            }

            refused.ForEach(departure => departure.TryCancel(new PinReason(PinKind.Target, refusal ?? $"node {target.Name} takes no wires")));
            return;
        }

        await migrator.ProbeAsync(MigrationStep.Offered).ConfigureAwait(false);
        var begun = new List<Departure>(count);
        lock (_lock)
        {
            while (begun.Count < count && _waiting.TryDequeue(out Departure? departure))
            {
                departure.AskedAt = Environment.TickCount64;
                _asked.Add(departure);
                begun.Add(departure);
            }
        }

        begun.ForEach(static departure => departure.Begin());
    }

    /// <summary>Forgets what is over, and gives up what has waited for too long.</summary>
    private void Look()
    {
        long now = Environment.TickCount64;
        List<Departure> late = [];
        lock (_lock)
        {
            _asked.RemoveWhere(static departure => departure.Ended.IsCompleted);
            foreach (Departure departure in _asked)
            {
                if (now - departure.AskedAt > Patience.TotalMilliseconds)
                {
                    late.Add(departure);
                }
            }
        }

        foreach (Departure departure in late)
        {
            PinReason pin = departure.Pin;
            departure.TryCancel(pin with { Text = string.Create(CultureInfo.InvariantCulture, $"{pin.Text} (waited {Patience.TotalSeconds:0.###} s)") });
        }
    }

    /// <summary>In the last turn of the wire here.</summary>
    private void OnFrozen(Departure departure)
    {
        lock (_lock)
        {
            _frozen.Enqueue(departure);
            if (_batches >= MaxBatches)
            {
                return;
            }

            _batches++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static outbox => _ = outbox.SendAsync(), this, preferLocal: false);
    }

    private async Task SendAsync()
    {
        while (true)
        {
            List<Departure> wires = [];
            lock (_lock)
            {
                while (wires.Count < MigrationBatch.MaxCount && _frozen.TryDequeue(out Departure? departure))
                {
                    wires.Add(departure);
                }

                if (wires.Count == 0)
                {
                    _batches--;
                    return;
                }
            }

            await new MigrationBatch(migrator, this, target, wires).RunAsync().ConfigureAwait(false);
        }
    }
}
