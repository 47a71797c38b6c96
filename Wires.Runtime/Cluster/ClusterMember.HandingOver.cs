using System.Collections.Immutable;

namespace Wires.Cluster;

/// <content>Slots that go to other members while all are alive, and leaving.</content>
internal sealed partial class ClusterMember
{
    private readonly TaskCompletionSource _handedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Leaving _leaving;
    private volatile bool _goesOut;
    private long _outSince;
    private ImmutableArray<Member> _plannedFor;
    private long[] _planned = [];

    /// <summary>Gives all slots to other members, so that nothing new comes to life here; what lives here stays. Ends when all is given, or when nobody is there to take it.</summary>
    public async Task HandOverAsync(CancellationToken cancellation)
    {
        if (_leaving == Leaving.No)
        {
            _leaving = Leaving.HandingOver;
            _watchPause.Wake();
        }

        await _handedOver.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Hands all slots over, then falls silent and leaves the view. Wires that still live here are lost. Ends also when the coordinator is away too long: others find out then.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        if (_view is null || _isFenced)
        {
            Silence(reason: null);
            return;
        }

        _goesOut = true;
        if (_leaving == Leaving.No)
        {
            _leaving = Leaving.HandingOver;
        }

        _watchPause.Wake();
        await _left.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether the view has changed, or may have.</summary>
    private async Task<bool> TryHandOverAsync(View view)
    {
        var leaving = new SlotSet();
        var changes = new List<(int Slot, long Owner, uint Epoch)>();
        lock (_lock)
        {
            if (!ReferenceEquals(_view, view))
            {
                return true;
            }

            Plan(view);
            for (int slot = 0; slot < Slots.Count; slot++)
            {
                if (!_slots.IsMine_NeedsLock(view, slot))
                {
                    continue;
                }

                uint epoch = Math.Max(view.EpochOf(slot), _slots.HeardOf(slot)) + 1;
                if (_planned[slot] is not 0 and var owner && owner != Incarnation)
                {
                    leaving.Add(slot);
                    changes.Add((slot, owner, epoch));
                }
                else if (_slots.HeardOf(slot) > view.EpochOf(slot))
                {
                    // The coordinator has lost that the slot was another's for a time.
                    changes.Add((slot, Incarnation, epoch));
                }
            }

            // Before the coordinator is asked, and until it has been read again: its answer may be lost.
            _slots.GiveAway_NeedsLock(leaving);
            _slots.Update_NeedsLock(view);
        }

        if (changes.Count > 0)
        {
            await TryChangeAsync(view, view.WithSlots(changes, Step()), [], []).ConfigureAwait(false);
            return true;
        }

        if (_leaving != Leaving.No && view.Find(Incarnation) is { IsLeaving: true })
        {
            _handedOver.TrySetResult();
            _leaving = _goesOut && _leaving == Leaving.HandingOver ? Leaving.Out : _leaving;
        }

        return false;
    }

    // Thousands of logarithms, so only when members have changed.
    private void Plan(View view)
    {
        if (!_plannedFor.IsDefault && _plannedFor == view.Members)
        {
            return;
        }

        (_plannedFor, _planned) = (view.Members, new long[Slots.Count]);
        for (int slot = 0; slot < Slots.Count; slot++)
        {
            _planned[slot] = Slots.OwnerOf(slot, view.Members)?.Incarnation ?? 0;
        }
    }

    /// <summary>Whether there is nothing more to do.</summary>
    private async Task<bool> TryGetOutAsync(View view)
    {
        if (_leaving != Leaving.Out)
        {
            return true;
        }

        if (!view.Contains(Incarnation))
        {
            GetOut(isRemoved: true);
            return true;
        }

        bool isInForce;
        lock (_lock)
        {
            isInForce = _sightings.IsInForce(view);
        }

        if (!isInForce)
        {
            return false;
        }

        if (!_isFenced)
        {
            // Before the others can know that it is gone, and bring to life elsewhere what lives here.
            Silence(reason: null);
        }

        if (await TryChangeAsync(view, view.WithoutLeaver(Incarnation, Step()), [], [Incarnation]).ConfigureAwait(false))
        {
            GetOut(isRemoved: true);
        }

        return false;
    }

    private void GetOut(bool isRemoved)
    {
        _leaving = Leaving.Gone;
        if (isRemoved)
        {
            _log.Left(Name);
        }
        else
        {
            _log.LeftUnremoved(Name);
        }

        _left.TrySetResult();
    }
}
