namespace Wires.Cluster;

/// <content>Learning which wires of new slots live elsewhere.</content>
internal sealed partial class ClusterMember
{
    // Bounds the answer: a node that hosts a million wires says some 30,000 at a time.
    private const int SlotsAtOnce = 128;

    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    // Which epoch of a slot each member has answered for. Used by the recovering loop only.
    private readonly Dictionary<long, uint[]> _answered = [];

    private async Task<TimeSpan> RecoverAsync()
    {
        View view = View;
        List<(int Slot, uint Epoch)> slots = FindRecovering(view);
        if (slots.Count == 0)
        {
            return s_long;
        }

        foreach (long gone in _answered.Keys.Where(incarnation => !view.Contains(incarnation)).ToList())
        {
            _answered.Remove(gone);
        }

        await Task.WhenAll(view.Members.Where(member => member.Incarnation != Incarnation).Select(member => RecoverFromAsync(member, slots))).ConfigureAwait(false);
        Finish(slots);
        return _slots.Recovering > 0 ? Jitter(s_retry) : s_long;
    }

    private List<(int Slot, uint Epoch)> FindRecovering(View view)
    {
        var slots = new List<(int, uint)>();
        for (int slot = 0; slot < Slots.Count; slot++)
        {
            if (StateOf(slot) == SlotState.Recovering)
            {
                slots.Add((slot, view.EpochOf(slot)));
            }
        }

        return slots;
    }

    private async Task RecoverFromAsync(Member member, List<(int Slot, uint Epoch)> slots)
    {
        if (!_answered.TryGetValue(member.Incarnation, out uint[]? answered))
        {
            answered = new uint[Slots.Count];
            _answered.Add(member.Incarnation, answered);
        }

        foreach ((int Slot, uint Epoch)[] batch in slots.Where(slot => answered[slot.Slot] < slot.Epoch).Chunk(SlotsAtOnce))
        {
            byte[]? bytes = await TryAskAsync(member, PeerQuestion.Recover, RecoverQuestion.Encode(batch)).ConfigureAwait(false);
            if (bytes is null || RecoverAnswer.Decode(bytes) is not { } answer)
            {
                // Asked again, until it answers or others have seen its lease end.
                return;
            }

            Take(member, batch, answer, answered);
        }
    }

    private void Take(Member member, (int Slot, uint Epoch)[] batch, RecoverAnswer answer, uint[] answered)
    {
        foreach (HostedWire wire in answer.Wires)
        {
            _away.Set(Slots.Of(wire.Type, wire.Key), wire.Type, wire.Key, wire.Incarnation == 0 ? member.Incarnation : wire.Incarnation, wire.Epoch);
        }

        foreach ((int slot, uint epoch) in batch)
        {
            answered[slot] = epoch;
        }

        if (answer.Outbid.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach ((int slot, uint epoch) in answer.Outbid)
            {
                // Equal epochs: the other owns the slot with it, or thinks so. The view decides, and a higher epoch ends the matter.
                answered[slot] = 0;
                _slots.Outbid_NeedsLock(View, slot, epoch);
            }
        }

        _watchPause.Wake();
    }

    private void Finish(List<(int Slot, uint Epoch)> slots)
    {
        lock (_lock)
        {
            // Of the members now: who came meanwhile is asked too.
            View view = View;
            foreach ((int slot, uint epoch) in slots)
            {
                if (view.Members.All(member => member.Incarnation == Incarnation || (_answered.TryGetValue(member.Incarnation, out uint[]? answered) && answered[slot] >= epoch)))
                {
                    _slots.Recovered_NeedsLock(view, slot, epoch);
                }
            }
        }
    }
}
