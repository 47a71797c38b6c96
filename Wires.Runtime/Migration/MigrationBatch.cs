using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Remoting;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Migration;

/// <summary>Wires that leave for the same node together. All of them stand still.</summary>
internal sealed partial class MigrationBatch(Migrator migrator, Outbox outbox, Member target, List<Departure> wires)
{
    /// <summary>Wires in a batch.</summary>
    public const int MaxCount = 256;

    /// <summary>A part of an image: small against what a connection may queue, so that calls get through between two.</summary>
    private const int PartBytes = 64 * 1024;

    private static readonly TimeSpan s_shortly = TimeSpan.FromSeconds(2);

    private readonly long _id = migrator.NextBatch();

    /// <summary>By place in the batch; null for those whose move is over.</summary>
    private readonly Departure?[] _wires = [.. wires];

    public async Task RunAsync()
    {
        wires.ForEach(wire => wire.Company = wires.Count);
        Peer peer;
        try
        {
            peer = await migrator.PeerAsync(target).ConfigureAwait(false);
            await PrepareAsync(peer).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Nothing was promised yet: each goes on here, whatever it was and whatever became of what was sent.
            ResumeAll(ReasonOf(e));
            _ = DropAsync([]);
            return;
        }

        if (Array.TrueForAll(_wires, static wire => wire is null) || !await TakeAsync(peer).ConfigureAwait(false))
        {
            return;
        }

        await migrator.ProbeAsync(MigrationStep.Taken).ConfigureAwait(false);
        await Task.WhenAll(Left().GroupBy(place => migrator.HomeOf(_wires[place]!.Handle)).Select(group => RecordAsync(group.Key, [.. group]))).ConfigureAwait(false);
    }

    private IEnumerable<int> Left() => Enumerable.Range(0, _wires.Length).Where(place => _wires[place] is not null);

    /// <summary>Up to here, each wire may go on at any time.</summary>
    private async Task PrepareAsync(Peer peer)
    {
        await migrator.ProbeAsync(MigrationStep.Frozen).ConfigureAwait(false);

        // What the wires have sent to others arrives before what they will send from their new place. They send nothing more here.
        Task flushed = migrator.FlushAsync(elsewhere: wires.Exists(static wire => wire.Wire.HasCalledElsewhere_OnTurn));
        for (int place = 0; place < _wires.Length; place++)
        {
            await SendImageAsync(peer, place).ConfigureAwait(false);
        }

        await migrator.ProbeAsync(MigrationStep.Sent).ConfigureAwait(false);
        var writer = new ByteWriter();
        writer.Fixed(_id);
        writer.Number((ulong)_wires.Length);
        byte[] answer = await peer.AskAsync(MigrationQuestion.Prepare, writer.ToArray(), migrator.RebuildPatience, migrator.Ended).ConfigureAwait(false);
        await flushed.ConfigureAwait(false);
        ReadRefusals(answer);
        await migrator.ProbeAsync(MigrationStep.Prepared).ConfigureAwait(false);
    }

    private void ReadRefusals(byte[] answer)
    {
        var reader = new ByteReader(answer);
        for (int place = 0; place < _wires.Length; place++)
        {
            string refusal = reader.Text();
            if (refusal.Length > 0)
            {
                End(place)?.Resume(new PinReason(PinKind.Target, refusal));
            }
        }
    }

    private async Task SendImageAsync(Peer peer, int place)
    {
        Departure wire = _wires[place]!;
        ImageBuffer image;
        try
        {
            image = wire.Write();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            End(place)!.Resume(Migrator.PinnedBy(e));

            // Its place is taken all the same.
            image = new ImageBuffer();
        }

        int length = image.Length;
        outbox.NoteImage(length);
        if (length == 0)
        {
            await SendPartAsync(peer, place, length, 0, default).ConfigureAwait(false);
        }

        int offset = 0;
        foreach (ReadOnlyMemory<byte> part in image.Parts(PartBytes))
        {
            await SendPartAsync(peer, place, length, offset, part).ConfigureAwait(false);
            offset += part.Length;
        }
    }

    /// <summary>Sends a part once those before it have almost left: what others send meanwhile waits for little.</summary>
    private async ValueTask SendPartAsync(Peer peer, int place, int length, int offset, ReadOnlyMemory<byte> part)
    {
        if (SendPart(peer, place, length, offset, part.Span) == SendResult.Closed)
        {
            throw new WireUnreachableException($"The connection to node {target.Name} was lost");
        }

        await peer.Connection.WhenAlmostDrainedAsync(migrator.Ended).ConfigureAwait(false);
    }

    private SendResult SendPart(Peer peer, int place, int length, int offset, ReadOnlySpan<byte> part)
    {
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)Remoting.FrameKind.Image, _id, place, length, offset);
        writer.Flush();
        System.Buffers.BuffersExtensions.Write(buffer, part);
        SendResult result = peer.Connection.Send(buffer.WrittenSpan);
        buffer.Return();
        return result;
    }

    /// <summary>From here on the wires go on here only once the target has said that it does not have them.</summary>
    private async Task<bool> TakeAsync(Peer peer)
    {
        int[] places = [.. Left()];
        foreach (int place in places)
        {
            _wires[place]!.IsCommitting = true;
        }

        try
        {
            byte[] answer = await peer.AskAsync(MigrationQuestion.Take, Encode(places), s_shortly, migrator.Ended).ConfigureAwait(false);
            for (int i = 0; i < places.Length; i++)
            {
                if (answer.ElementAtOrDefault(i) == 0)
                {
                    End(places[i])!.Resume(new PinReason(PinKind.Target, $"node {target.Name} did not take it: it may just have come to life there, or the node is cut off"));
                }
            }

            return true;
        }
        catch (Exception e) when (Faults.IsOfAnotherNode(e))
        {
            await DropAsync([]).ConfigureAwait(false);
            ResumeAll(ReasonOf(e));
            return false;
        }
    }

    /// <summary>The target forgets the wires, and they go on here.</summary>
    private async Task TakeBackAsync(List<int> places, PinReason reason)
    {
        if (places.Count == 0)
        {
            return;
        }

        await DropAsync(places).ConfigureAwait(false);
        foreach (int place in places)
        {
            End(place)!.Resume(reason);
        }
    }

    /// <summary>Completes once the target has forgotten the wires, or is gone.</summary>
    /// <param name="places">Their places; none for the whole batch.</param>
    private Task<bool> DropAsync(List<int> places) => TellAsync(MigrationQuestion.Drop, Encode(places));

    /// <returns>Whether it has answered; false once it, or this node, is no member any more.</returns>
    private async Task<bool> TellAsync(byte kind, byte[] what)
    {
        Backoff pause = Migrator.NewPause();
        while (migrator.IsMember(target))
        {
            try
            {
                Peer peer = await migrator.PeerAsync(target).ConfigureAwait(false);
                await peer.AskAsync(kind, what, s_shortly, migrator.Ended).ConfigureAwait(false);
                return true;
            }
            catch (Exception e) when (Faults.IsOfAnotherNode(e))
            {
                await migrator.ChangesAsync(pause.Next()).ConfigureAwait(false);
            }
        }

        return false;
    }

    private PinReason ReasonOf(Exception failure) => migrator.Ended.IsCancellationRequested
        ? new PinReason(PinKind.NoCluster, "its node has lost its membership of the cluster meanwhile: it could not renew its lease in time")
        : new PinReason(PinKind.Target, failure.Message);

    private void ResumeAll(PinReason reason)
    {
        foreach (int place in Left().ToList())
        {
            End(place)!.Resume(reason);
        }
    }

    private Departure? End(int place) => Interlocked.Exchange(ref _wires[place], null);

    private byte[] Encode(IReadOnlyCollection<int> places) => Write(places).ToArray();

    /// <summary>For <see cref="MigrationQuestion.Release"/>.</summary>
    private byte[] Encode(IReadOnlyCollection<int> places, bool run)
    {
        ByteWriter writer = Write(places);
        writer.Byte(run ? (byte)1 : (byte)0);
        return writer.ToArray();
    }

    private ByteWriter Write(IReadOnlyCollection<int> places)
    {
        var writer = new ByteWriter();
        writer.Fixed(_id);
        writer.Number((ulong)places.Count);
        foreach (int place in places)
        {
            writer.Number((ulong)place);
        }

        return writer;
    }
}
