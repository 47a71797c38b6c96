namespace Wires.Cluster;

/// <content>What this node sees at the coordinator, and what it makes of it.</content>
internal sealed partial class ClusterMember
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(60);

    private async Task<TimeSpan> WatchAsync()
    {
        long start = _clock();
        if (_isFenced && start - _outSince > _lease)
        {
            GetOut(isRemoved: false);
            return TimeSpan.Zero;
        }

        CoordinatorState state = await Within(_coordinator.ReadAsync(_stop.Token)).ConfigureAwait(false);
        View known = View;
        if (state.Generation?.Id != _generation.Id || state.ViewNumber < known.Number || state.View is null)
        {
            // Lost: renewals put it back.
            _renewPause.Wake();
            return Jitter(_options.WatchPeriod);
        }

        View view = state.ViewNumber > known.Number ? View.Decode(state.View) : known;
        if (state.ViewNumber == known.Number && !state.View.AsSpan().SequenceEqual(known.Encode()))
        {
            Fence("the coordinator had lost this node's view and holds another one of the same number");
            return TimeSpan.Zero;
        }

        Adopt(view);
        if (!await ObserveAsync(state, view, start).ConfigureAwait(false))
        {
            return Jitter(_options.WatchPeriod);
        }

        bool isSettled = await ChangeAsync(view).ConfigureAwait(false);
        return isSettled ? UntilNextLook() : Jitter(s_soon);
    }

    // The dead are seen on the moment, not up to a period late.
    private TimeSpan UntilNextLook()
    {
        TimeSpan usual = Jitter(_options.WatchPeriod);
        lock (_lock)
        {
            long untilEnd = _sightings.NextEnd() - _clock();
            return untilEnd < usual.TotalMilliseconds ? TimeSpan.FromMilliseconds(Math.Max(1, untilEnd)) : usual;
        }
    }

    /// <summary>Whether the view may be changed.</summary>
    private async Task<bool> ObserveAsync(CoordinatorState state, View view, long start)
    {
        bool isBack;
        lock (_lock)
        {
            long now = _clock();
            _sightings.Observe(state, view, start, now);
            foreach (LeaseState lease in state.Leases)
            {
                _promises.Saw(lease, state.ServerId);
            }

            if (_sightings.IsInForce(view))
            {
                _history.InForce(now);
            }

            isBack = _sightings.IsUnsettled && _sightings.TrySettle(state, view);
        }

        if (isBack && state.IsRestoring)
        {
            await TryClearRestoringAsync().ConfigureAwait(false);
        }

        return !_sightings.IsUnsettled && !state.IsRestoring && (_isFenced || ReferenceEquals(view, _view));
    }

    private async Task TryClearRestoringAsync()
    {
        try
        {
            await _coordinator.ClearRestoringAsync(_generation.Id, _stop.Token).WaitAsync(_options.CoordinatorTimeout, _time, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            // Some member does it in some round.
        }
    }

    /// <summary>Does what is due, one change at a time. Whether nothing more is.</summary>
    private async Task<bool> ChangeAsync(View view)
    {
        if (_isFenced)
        {
            return await TryGetOutAsync(view).ConfigureAwait(false);
        }

        if (_leaving == Leaving.HandingOver && view.Find(Incarnation) is { IsLeaving: false })
        {
            await TryChangeAsync(view, view.WithLeaving(Incarnation, Step()), [], []).ConfigureAwait(false);
            return false;
        }

        if (await TryClaimAsync(view).ConfigureAwait(false) || await TryHandOverAsync(view).ConfigureAwait(false))
        {
            return false;
        }

        return await TryGetOutAsync(view).ConfigureAwait(false);
    }

    private async Task<bool> TryChangeAsync(View view, View next, IReadOnlyList<LeaseState> unchanged, IReadOnlyList<long> removed)
    {
        var change = new ViewChange(view.Generation, view.Number, next.Number, next.Encode(), Incarnation, unchanged, removed, []);
        bool isChanged = await Within(_coordinator.TryChangeViewAsync(change, _stop.Token)).ConfigureAwait(false);
        if (isChanged && !removed.Contains(Incarnation))
        {
            Adopt(next);
        }

        return isChanged;
    }

    private void Adopt(View view)
    {
        bool isMember = view.Contains(Incarnation);
        bool haveMembersChanged;
        lock (_lock)
        {
            if (_isFenced || (_view is { } known && known.Number >= view.Number))
            {
                return;
            }

            haveMembersChanged = _view is { } before && before.MembersNumber != view.MembersNumber;
            _view = view;
            _history.Adopt(view, _clock());
            if (haveMembersChanged)
            {
                _promises.MembersChanged(_clock());
            }

            _slots.Update_NeedsLock(view);
            _away.Prune(view, Incarnation);
        }

        if (!isMember)
        {
            Fence("others have removed it: its lease had ended");
            return;
        }

        ViewAdopted?.Invoke(view);
        if (haveMembersChanged)
        {
            _renewPause.Wake();
        }

        _recoverPause.Wake();
    }
}
