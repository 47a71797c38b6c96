using System.Collections.Concurrent;
using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Remoting;

namespace Wires.Migration;

/// <summary>All moves of wires from and to one incarnation of a node.</summary>
/// <remarks>
/// The source freezes the wire between two turns and sends its image; the target rebuilds it (<i>prepared</i>) and promises to keep it (<i>taken</i>); the wire's home, by whose word wires come
/// to life, names the target (<i>recorded</i>); then the target runs it (<i>released</i>). Up to taken, the source may go on by itself. After that it needs the target's word that it has dropped
/// the copy, or the home's that it still names the source; the target, once the source is gone, needs the home's word that it may run.
/// </remarks>
internal sealed partial class Migrator(ClusterNode cluster)
{
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<long, Outbox> _outboxes = new();

    /// <summary>Wires that are another node's by their home's word, which that node may not know yet.</summary>
    private readonly ConcurrentDictionary<WireHandle, MoveRecord> _releasing = new();

    /// <summary>Where wires went that left this node lately.</summary>
    private readonly ForwardingTable _forwarding = new();

    private long _lastBatch;

    public long Incarnation => cluster.Incarnation;

    /// <summary>Cancelled when this incarnation ends.</summary>
    public CancellationToken Ended => cluster.Ended;

    /// <summary>For how long a wire that cannot move at once is waited for.</summary>
    public TimeSpan Patience => Node.Options.Cluster.MigrationPatience;

    /// <summary>For how long a target may take to rebuild wires.</summary>
    public TimeSpan RebuildPatience => Node.Options.Cluster.RebuildPatience;

    private WireNode Node => cluster.Node;

    /// <summary>Between attempts to settle what another node has to be asked for.</summary>
    public static Backoff NewPause() => new(s_firstPause, s_longestPause);

    public long NextBatch() => Interlocked.Increment(ref _lastBatch);

    public Task<Peer> PeerAsync(Member member) => cluster.PeerAsync(member.Incarnation);

    public bool IsMember(Member member) => !cluster.IsOver && cluster.IsMember(member.Incarnation);

    public long HomeOf(WireHandle handle) => cluster.Member?.CurrentView?.OwnerOf(handle.Slot) ?? 0;

    public Task ChangesAsync(TimeSpan atMost) => cluster.ChangesAsync(atMost);

    /// <summary>Completes when what wires of this node have said until now is in the mailboxes where it will be heard.</summary>
    /// <param name="elsewhere">Whether they may have called wires of other nodes.</param>
    /// <exception cref="WireMigrationException">Calls still look for the way to their wires, or wait for room there.</exception>
    public Task FlushAsync(bool elsewhere)
    {
        Task called = WhenCalledHaveSettledAsync();
        return elsewhere || !called.IsCompleted ? cluster.FlushAllAsync(called) : Task.CompletedTask;
    }

    /// <summary>Completes when it is decided of all wires that are arriving, and were called here already, whether they live here.</summary>
    public Task WhenCalledHaveSettledAsync()
    {
        if (_unsettled.IsEmpty)
        {
            return Task.CompletedTask;
        }

        Task[] called = [.. _unsettled.Where(static entry => entry.Key.Activation!.HasMail).Select(static entry => entry.Key.Settled.Task)];
        return called.Length == 0 ? Task.CompletedTask : Task.WhenAll(called);
    }

    public void BeginRelease(MoveRecord record) => _releasing[HandleOf(record)] = record;

    public void EndRelease(MoveRecord record) => _releasing.TryRemove(new KeyValuePair<WireHandle, MoveRecord>(HandleOf(record), record));

    /// <summary>Asks a node whether it takes wires.</summary>
    /// <returns>How many; and if none, why.</returns>
    public async Task<(int Count, string? Refusal)> OfferAsync(Member target, int count)
    {
        var question = new ByteWriter();
        question.Number((ulong)count);
        Peer peer = await PeerAsync(target).ConfigureAwait(false);
        byte[] answer = await peer.AskAsync(MigrationQuestion.Offer, question.ToArray(), s_answerTime, Ended).ConfigureAwait(false);
        return Read(answer);

        static (int, string?) Read(byte[] answer)
        {
            var reader = new ByteReader(answer);
            int granted = reader.Number(int.MaxValue);
            return (granted, reader.Text() is { Length: > 0 } refusal ? refusal : null);
        }
    }

    /// <summary>The wire is the target's: what has waited for it follows it.</summary>
    public void Depart(Departure departure)
    {
        _forwarding.Add(departure.Handle, departure.Target.Incarnation);
        if (departure.IsUnborn)
        {
            // The target knows of it.
            cluster.TakeLost(departure.Handle);
        }

        departure.Stack?.Appoint(cluster, departure.Wire);
        cluster.SendAway(departure.Wire, departure.Target.Incarnation);
        departure.Stack?.HandOver(cluster, departure.Target.Incarnation);
        departure.Close();
    }

    /// <summary>Completes when the calls that have waited for wires which have left have been sent after them, or their target is gone.</summary>
    public async Task WhenFollowedAsync(List<Departure> departures, Member target)
    {
        var followed = Task.WhenAll(departures.Select(departure => cluster.WhenFollowedAsync(departure.Handle)).Where(static sent => !sent.IsCompleted));
        while (!followed.IsCompleted && IsMember(target))
        {
            await Task.WhenAny(followed, ChangesAsync(s_longestPause)).ConfigureAwait(false);
        }
    }

    /// <summary>Begins to move a wire that lives here to another node, unless this one keeps its wires.</summary>
    public Departure Begin(Activation wire, Member target) => Node.StaysHere ? Departure.Refused(wire, target, Node.StayReason) : Order(wire, target);

    /// <summary>Moves a wire that lives here by an operator's order, also from a node that keeps its wires.</summary>
    /// <returns>When it is over: what has kept the wire here; <see cref="PinKind.None"/> if it has moved.</returns>
    public Task<PinReason> OrderAsync(Activation wire, Member target) => target.Incarnation == cluster.Incarnation ? Task.FromResult(PinReason.None) : Order(wire, target).Ended;

    /// <summary>Lets a wire come to life on another node. Calls that come meanwhile wait in its mailbox here, and follow it. The caller owns its first turn.</summary>
    /// <returns>False if the turn is the caller's still.</returns>
    public bool TryPlace(Activation wire, Member target)
    {
        if (Departure.OfUnborn(wire, target) is not { } departure)
        {
            return false;
        }

        OutboxTo(target).AddUnborn(departure);
        return true;
    }

    private Departure Order(Activation wire, Member target) => wire.Type.IsDeputy ? Departure.Refused(wire, target, PinReason.Deputy) : OutboxTo(target).Add(wire);

    private Outbox OutboxTo(Member target) => _outboxes.GetOrAdd(target.Incarnation, static (_, state) => new Outbox(state.Migrator, state.Target), (Migrator: this, Target: target));

    /// <summary>The node that a wire went to which has left this one; 0 where that is not known.</summary>
    public long WentTo(WireHandle handle) => _forwarding.Find(handle);

    /// <summary>Tests look here, and let something happen.</summary>
    public Task ProbeAsync(MigrationStep step) => Node.Options.MigrationProbe is { } probe ? probe(step, Node.Name) : Task.CompletedTask;

    /// <summary>Members have gone: what came from them, or went to them, is decided without them.</summary>
    public void OnViewAdopted(View view)
    {
        foreach (long gone in _outboxes.Keys.Where(incarnation => view.Find(incarnation) is null))
        {
            _outboxes.TryRemove(gone, out _);
        }

        ArrivalsOfTheGone(view);
    }

    /// <summary>What else than the directory says lives here, or does not.</summary>
    /// <param name="wires">The wires of these slots that have a mailbox here.</param>
    /// <param name="slots">The slots that are asked for.</param>
    public IEnumerable<HostedWire> Hosted(IEnumerable<Activation> wires, SlotSet slots)
    {
        foreach (Activation wire in wires)
        {
            if (_arriving.TryGetValue(wire.Handle, out Arrival? arrival))
            {
                // Its source's until released, unless that one is gone.
                yield return cluster.IsMember(arrival.From)
                    ? new HostedWire(wire.Type.Name, wire.Handle.Key, arrival.Epoch - 1, arrival.From)
                    : new HostedWire(wire.Type.Name, wire.Handle.Key, arrival.Epoch);
            }
            else
            {
                yield return new HostedWire(wire.Type.Name, wire.Handle.Key, wire.Life.Epoch);
            }
        }

        foreach (MoveRecord record in _releasing.Values)
        {
            if (slots.Contains(record.Slot))
            {
                yield return new HostedWire(record.Type, record.Key, record.Epoch, record.To);
            }
        }
    }

    /// <summary>Asks the home of a wire to name another place, until it is known what the home makes of it.</summary>
    /// <param name="record">The move.</param>
    /// <param name="whileMember">Gives up when it is no member any more; null for never.</param>
    /// <returns><see cref="RecordResult.Unknown"/> if this incarnation has ended, or it was given up.</returns>
    public async Task<RecordResult> RecordAsync(MoveRecord record, Member? whileMember = null)
    {
        Backoff pause = NewPause();
        while (!cluster.IsOver && (whileMember is null || IsMember(whileMember)))
        {
            long home = cluster.Member?.CurrentView?.OwnerOf(record.Slot) ?? 0;
            RecordResult result = home == 0 ? RecordResult.NotHome : (await RecordAtAsync(home, [record]).ConfigureAwait(false))?[0] ?? RecordResult.NotHome;
            if (result is RecordResult.Recorded or RecordResult.Refused)
            {
                return result;
            }

            // The slot changes hands, or its owner does not answer: then another one will own it.
            await cluster.ChangesAsync(pause.Next()).ConfigureAwait(false);
        }

        return RecordResult.Unknown;
    }

    /// <summary>Asks one home once.</summary>
    /// <returns>Null if it is not known whether it has heard.</returns>
    public async Task<RecordResult[]?> RecordAtAsync(long home, IReadOnlyList<MoveRecord> records)
    {
        if (home == cluster.Incarnation)
        {
            return [.. records.Select(cluster.TryRecord)];
        }

        var writer = new ByteWriter();
        writer.Number((ulong)records.Count);
        foreach (MoveRecord record in records)
        {
            record.Write(writer);
        }

        try
        {
            Peer peer = await cluster.PeerAsync(home).ConfigureAwait(false);
            byte[] answer = await peer.AskAsync(MigrationQuestion.Record, writer.ToArray(), s_answerTime, cluster.Ended).ConfigureAwait(false);
            return answer.Length == records.Count ? [.. answer.Select(static result => (RecordResult)result)] : null;
        }
        catch (Exception e) when (Faults.IsOfAnotherNode(e))
        {
            return null;
        }
    }

    private byte[] AnswerRecord(byte[] question)
    {
        var reader = new ByteReader(question);
        var answer = new byte[reader.Count(1)];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = (byte)cluster.TryRecord(MoveRecord.Read(ref reader));
        }

        reader.End();
        return answer;
    }

    private WireHandle HandleOf(MoveRecord record) => Node.HandleOf(WireRegistry.GetType(record.Type), record.Key);
}
