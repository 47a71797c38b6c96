using Wires.Cluster;
using Wires.Mailboxes;
using Wires.Remoting;

namespace Wires.Operating;

/// <summary>A node sends wires away: again and again, until those that should go have gone, or what stays was waited for long enough.</summary>
/// <param name="node">The node.</param>
/// <param name="everything">All wires, or only those that have their home elsewhere.</param>
internal sealed class Emptying(WireNode node, bool everything)
{
    private const int MovesAtOnce = 1024;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private static long s_last = Environment.TickCount64;

    private int _moved;
    private volatile EmptyingReport _report = new(0, 0, []);
    private volatile EmptyingPhase _phase;

    /// <summary>By which whoever has begun it asks how far it is: another one also after a restart of the process.</summary>
    public long Number { get; } = Interlocked.Increment(ref s_last);

    public EmptyingPhase Phase
    {
        get => _phase;
        set => _phase = value;
    }

    public EmptyingReport Report => _report with { Moved = Volatile.Read(ref _moved) };

    /// <summary>Sends wires away.</summary>
    /// <param name="untilNone">Whether to go on while any are there, also such as have only come to life; or until all that were seen have gone.</param>
    /// <param name="patience">How long those are waited for that cannot go.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether none stay.</returns>
    public async Task<bool> RunAsync(bool untilNone, TimeSpan patience, CancellationToken cancellation)
    {
        long end = patience == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            (int gone, List<StayingWire> stays) = await PassAsync(cancellation).ConfigureAwait(false);
            int left = untilNone || stays.Count > 0 ? Find().Count : 0;
            _report = new EmptyingReport(0, left, [.. stays.Take(EmptyingReport.MostStays)]);
            if (left == 0)
            {
                return true;
            }

            // What cannot be written will not be writable in a minute either.
            bool isStuck = gone == 0 && stays.Count > 0 && (Environment.TickCount64 >= end || stays.TrueForAll(static wire => wire.Reason.Kind is PinKind.State or PinKind.NoCluster));
            if (isStuck || cancellation.IsCancellationRequested)
            {
                return false;
            }

            if (gone == 0)
            {
                await Task.Delay(s_pause, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task<(int Gone, List<StayingWire> Stays)> PassAsync(CancellationToken cancellation)
    {
        int gone = 0;
        var stays = new List<StayingWire>();
        foreach (Activation[] some in Find().Chunk(MovesAtOnce))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            PinReason[] pins;
            try
            {
                pins = await Task.WhenAll(some.Select(SendAwayAsync)).WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Their homes or targets cannot be reached: those decide without this node once it has left.
                break;
            }

            for (int i = 0; i < some.Length; i++)
            {
                if (pins[i].Kind == PinKind.None)
                {
                    gone++;
                    Interlocked.Increment(ref _moved);
                }
                else if (!some[i].IsClosed)
                {
                    stays.Add(new StayingWire(some[i].Id, pins[i]));
                }
            }

            _report = new EmptyingReport(0, Find().Count, [.. stays.Take(EmptyingReport.MostStays)]);
        }

        return (gone, stays);
    }

    private List<Activation> Find()
    {
        View? view = node.Cluster?.Member?.CurrentView;
        long self = node.Cluster?.Incarnation ?? 0;
        return [.. node.Directory.All().Where(wire => !wire.IsClosed && !wire.Type.IsDeputy && (everything || (view is not null && view.OwnerOf(wire.Handle.Slot) != self)))];
    }

    /// <summary>To the wire's home if that is elsewhere and takes it, else to the first other node that does.</summary>
    private async Task<PinReason> SendAwayAsync(Activation wire)
    {
        if (node.Cluster is not { IsOver: false, Member.CurrentView: { } view } cluster)
        {
            return new PinReason(PinKind.NoCluster, $"node {node.Name} is no member of a cluster now");
        }

        Member[] others = [.. view.Members.Where(member => member.Incarnation != cluster.Incarnation && !member.IsLeaving)];
        var pin = new PinReason(PinKind.NoCluster, "there is no other node that it could go to");
        int first = Array.FindIndex(others, member => member.Incarnation == view.OwnerOf(wire.Handle.Slot)) is var home and >= 0 ? home : wire.Handle.Slot;
        for (int i = 0; i < others.Length; i++)
        {
            pin = await cluster.Migrator.OrderAsync(wire, others[(first + i) % others.Length]).ConfigureAwait(false);
            if (pin.Kind != PinKind.Target)
            {
                break;
            }
        }

        return pin;
    }
}
