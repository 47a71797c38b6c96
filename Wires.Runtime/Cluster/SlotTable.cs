namespace Wires.Cluster;

/// <summary>What each slot is to this node. Read by anyone at any time; changed under the owner's lock.</summary>
internal sealed class SlotTable(long me)
{
    private readonly byte[] _states = new byte[Slots.Count];
    private readonly uint[] _heard = new uint[Slots.Count];
    private readonly uint[] _recovered = new uint[Slots.Count];
    private readonly List<(int Slot, TaskCompletionSource Settled)> _waiting = [];
    private SlotSet _givenAway = new();
    private bool _isClosed;

    /// <summary>Slots that are this node's and wait for the answers of others.</summary>
    public int Recovering { get; private set; }

    public SlotState StateOf(int slot) => (SlotState)Volatile.Read(ref _states[slot]);

    /// <summary>The highest epoch that anyone has named.</summary>
    public uint HeardOf(int slot) => _heard[slot];

    /// <summary>These go to others: from now on nothing comes to life in them here, whether or not the coordinator agrees.</summary>
    public void GiveAway_NeedsLock(SlotSet slots) => _givenAway = slots;

    /// <summary>Whether the slot is this node's by the view, whatever it has heard since.</summary>
    public bool IsMine_NeedsLock(View view, int slot) => !_isClosed && view.OwnerOf(slot) == me;

    /// <summary>Another owner names an epoch. False if a higher one has been heard, or this node owns the slot with the same one.</summary>
    public bool Hear_NeedsLock(View? view, int slot, uint epoch)
    {
        if (_heard[slot] > epoch || (_heard[slot] == epoch && view?.OwnerOf(slot) == me && view.EpochOf(slot) == epoch))
        {
            return false;
        }

        _heard[slot] = epoch;
        Update_NeedsLock(view, slot);
        return true;
    }

    /// <summary>Someone refused this node's epoch, having heard this one.</summary>
    public void Outbid_NeedsLock(View view, int slot, uint epoch)
    {
        _heard[slot] = Math.Max(_heard[slot], epoch);
        Update_NeedsLock(view, slot);
    }

    /// <summary>All members have answered for this epoch.</summary>
    public void Recovered_NeedsLock(View view, int slot, uint epoch)
    {
        _recovered[slot] = Math.Max(_recovered[slot], epoch);
        Update_NeedsLock(view, slot);
    }

    public void Update_NeedsLock(View? view)
    {
        for (int slot = 0; slot < Slots.Count; slot++)
        {
            if (view is not null)
            {
                _heard[slot] = Math.Max(_heard[slot], view.EpochOf(slot));
            }

            Update_NeedsLock(view, slot);
        }
    }

    /// <summary>For good: nothing is this node's any more.</summary>
    public void Close_NeedsLock()
    {
        _isClosed = true;
        Update_NeedsLock(view: null);
    }

    public Task WhenSettledAsync_NeedsLock(int slot)
    {
        if (StateOf(slot) != SlotState.Recovering)
        {
            return Task.CompletedTask;
        }

        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((slot, settled));
        return settled.Task;
    }

    private void Update_NeedsLock(View? view, int slot)
    {
        SlotState before = StateOf(slot);
        SlotState now = Judge(view, slot);
        if (now == before)
        {
            return;
        }

        Recovering += (now == SlotState.Recovering ? 1 : 0) - (before == SlotState.Recovering ? 1 : 0);
        Volatile.Write(ref _states[slot], (byte)now);
        if (now != SlotState.Recovering)
        {
            Settle(slot);
        }
    }

    private SlotState Judge(View? view, int slot)
    {
        if (_isClosed || view is null || view.OwnerOf(slot) != me || _givenAway.Contains(slot) || _heard[slot] > view.EpochOf(slot))
        {
            return SlotState.Foreign;
        }

        return _recovered[slot] == view.EpochOf(slot) ? SlotState.Ready : SlotState.Recovering;
    }

    private void Settle(int slot)
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Slot == slot)
            {
                _waiting[i].Settled.TrySetResult();
                _waiting.RemoveAt(i);
            }
        }
    }
}
