using Wires.Infrastructure;
using Wires.Remoting;

namespace Wires.Migration;

// From the home's word on: the target runs the wires, or they are taken back.
internal sealed partial class MigrationBatch
{
    /// <summary>Lets the home of some of the wires name their new place, and lets them go.</summary>
    private async Task RecordAsync(long home, int[] places)
    {
        RecordResult[]? results = home == 0 ? null : await migrator.RecordAtAsync(home, [.. places.Select(RecordOf)]).ConfigureAwait(false);
        var gone = new List<int>();
        var refused = new List<int>();
        var unknown = new List<int>();
        for (int i = 0; i < places.Length; i++)
        {
            switch (results?[i])
            {
                case RecordResult.Recorded:
                    gone.Add(places[i]);
                    break;
                case RecordResult.Refused:
                    refused.Add(places[i]);
                    break;
                default:
                    unknown.Add(places[i]);
                    break;
            }
        }

        await ReleaseAsync(gone).ConfigureAwait(false);
        await TakeBackAsync(refused, new PinReason(PinKind.Home, "its home did not agree")).ConfigureAwait(false);
        await Task.WhenAll(unknown.Select(SettleAsync)).ConfigureAwait(false);
    }

    private MoveRecord RecordOf(int place)
    {
        Departure wire = _wires[place]!;
        return new MoveRecord(wire.Handle.Type.Name, wire.Handle.Key, migrator.Incarnation, target.Incarnation, wire.NextEpoch);
    }

    /// <summary>It is not known whether the home has heard: asks until it is, and takes the wire back if the target goes meanwhile.</summary>
    private async Task SettleAsync(int place)
    {
        MoveRecord record = RecordOf(place);
        if (!migrator.IsMember(target))
        {
            await ReclaimAsync(place, record).ConfigureAwait(false);
            return;
        }

        switch (await migrator.RecordAsync(record, target).ConfigureAwait(false))
        {
            case RecordResult.Recorded:
                await ReleaseAsync([place]).ConfigureAwait(false);
                break;
            case RecordResult.Refused:
                await TakeBackAsync([place], new PinReason(PinKind.Home, "its home did not agree")).ConfigureAwait(false);
                break;
            default:
                await ReclaimAsync(place, record).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>The target is the wires' owner, and hears it.</summary>
    private async Task ReleaseAsync(List<int> places)
    {
        if (places.Count == 0)
        {
            return;
        }

        // By the home's word they are the target's: whoever becomes their home is told so.
        List<MoveRecord> records = places.ConvertAll(RecordOf);
        records.ForEach(migrator.BeginRelease);
        await migrator.ProbeAsync(MigrationStep.Recorded).ConfigureAwait(false);

        // What is sent to a node that is dead already is sent as well: only its answer tells that it was the owner before it died, if it does. It does not run them before it is told to.
        if (!await TellAsync(MigrationQuestion.Release, Encode(places, run: false)).ConfigureAwait(false))
        {
            await Task.WhenAll(places.Zip(records, ReclaimAsync)).ConfigureAwait(false);
            return;
        }

        // After the target was told, on the same connection: the calls that have waited here.
        List<Departure> departures = places.ConvertAll(place => End(place)!);
        departures.ForEach(migrator.Depart);
        await migrator.ProbeAsync(MigrationStep.Released).ConfigureAwait(false);
        _ = RunThereAsync(places, records, departures);
    }

    /// <summary>Has the target run the wires, behind the calls that have waited for them here: one that was made by a wire which has come along comes before what that wire calls there.</summary>
    private async Task RunThereAsync(List<int> places, List<MoveRecord> records, List<Departure> departures)
    {
        await migrator.WhenFollowedAsync(departures, target).ConfigureAwait(false);
        await TellAsync(MigrationQuestion.Release, Encode(places, run: true)).ConfigureAwait(false);
        records.ForEach(migrator.EndRelease);
        departures.ForEach(static departure => departure.Arrived());
    }

    /// <summary>The target is gone and has not run the wire: it lives on here, if its home agrees.</summary>
    private async Task ReclaimAsync(int place, MoveRecord record)
    {
        var back = new MoveRecord(record.Type, record.Key, record.To, record.From, record.Epoch + 1);
        RecordResult result = await migrator.RecordAsync(back).ConfigureAwait(false);
        migrator.EndRelease(record);
        switch (result)
        {
            case RecordResult.Recorded:
                End(place)!.Resume(new PinReason(PinKind.Target, $"node {target.Name} went away"), back.Epoch);
                break;
            case RecordResult.Refused:
                // It has come to life anew: this one is of the past.
                Departure lost = End(place)!;
                migrator.Depart(lost);
                lost.Arrived();
                break;
            default:
                // This incarnation has ended: the wire's next turn finds it.
                End(place)!.Resume(new PinReason(PinKind.NoCluster, "its node was cut off from the cluster"));
                break;
        }
    }
}
