namespace Wires.Cluster;

/// <content>When this node has to fall silent.</content>
internal sealed partial class ClusterMember
{
    private long _silentFrom = long.MinValue;
    private long _lastRenewal;
    private bool _isCoordinatorAway;

    /// <summary>The lease goes on until then, unless this node should be silent already: what it missed meanwhile, it cannot know.</summary>
    private void KeepUntil(long silentFrom)
    {
        bool isLate;
        lock (_lock)
        {
            if (_isFenced)
            {
                return;
            }

            isLate = _clock() >= _silentFrom;
            if (!isLate && silentFrom > _silentFrom)
            {
                Volatile.Write(ref _silentFrom, silentFrom);
            }
        }

        if (isLate)
        {
            Fence("its lease had ended before it was renewed");
        }
    }

    // Counts from before the question: the coordinator, and all who watch it, count from later.
    private void Renewed(long askedAt)
    {
        lock (_lock)
        {
            _lastRenewal = Math.Max(_lastRenewal, askedAt);
        }

        KeepUntil(askedAt + _lease - _margin);
    }

    private void OnFenceTimer()
    {
        long left = SilentFrom - _clock();
        if (_isFenced)
        {
            return;
        }

        if (left <= 0)
        {
            Fence("it could not renew its lease");
            return;
        }

        try
        {
            _fenceTimer.Change(TimeSpan.FromMilliseconds(left), Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // It fell silent meanwhile.
        }
    }

    private void Fence(string reason) => Silence(reason);

    /// <summary>For good. Without a reason it is this node's own wish.</summary>
    private void Silence(string? reason)
    {
        lock (_lock)
        {
            if (_isFenced)
            {
                return;
            }

            _isFenced = true;
            _outSince = _clock();
            Volatile.Write(ref _silentFrom, long.MinValue);
            _slots.Close_NeedsLock();
        }

        _renewPause.Wake();
        _watchPause.Wake();
        _recoverPause.Wake();
        _handedOver.TrySetResult();
        if (reason is not null)
        {
            _left.TrySetResult();
        }

        if (reason is not null)
        {
            _log.Fenced(Name, reason);
            Fenced?.Invoke(reason);
        }
    }

    private async Task<TimeSpan> RenewAsync()
    {
        View view = View;
        long before = _clock();
        RenewResult result;
        try
        {
            result = await Within(_coordinator.RenewAsync(_generation.Id, Incarnation, view.Number, _stop.Token)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LostCoordinator(exception);
            await ExtendAsync(view).ConfigureAwait(false);
            return Jitter(_options.RenewPeriod / 3);
        }

        FoundCoordinator();
        bool isBehind = result.Generation?.Id == _generation.Id && result.ViewNumber < view.Number;
        switch (result.Outcome)
        {
            case RenewOutcome.Renewed when !isBehind:
                Renewed(before);
                break;
            case RenewOutcome.Renewed:
            case RenewOutcome.GenerationLost:
            case RenewOutcome.LeaseEnded when result.IsRestoring || isBehind:
            case RenewOutcome.OtherGeneration when result.Generation is { } other && other.IsYoungerThan(_generation):
                await RestoreAsync(view).ConfigureAwait(false);
                _watchPause.Wake();
                return Jitter(s_retry);
            case RenewOutcome.LeaseEnded:
                Fence("others have removed it: its lease had ended");
                return TimeSpan.Zero;
            default:
                Fence("the coordinator holds an older cluster, and of two the younger yields");
                return TimeSpan.Zero;
        }

        if (result.ViewNumber != view.Number || result.ServerId != _sightings.Server)
        {
            _watchPause.Wake();
        }

        // Others wait for it to be known that this node has seen the view.
        return _view!.MembersNumber > view.Number ? TimeSpan.Zero : Jitter(_options.RenewPeriod * 0.8);
    }

    private async Task RestoreAsync(View view)
    {
        long before = _clock();
        RestoreResult result = await Within(_coordinator.TryRestoreAsync(_generation, view.Number, view.Encode(), Secret, Incarnation, _stop.Token)).ConfigureAwait(false);
        switch (result)
        {
            case RestoreResult.Restored:
                _log.Restored(Name, view.Number);
                Renewed(before);
                break;
            case RestoreResult.Joined:
                Renewed(before);
                break;
            case RestoreResult.Newer:
                // Once it is read, the next renewal tells whether this node is in it.
                break;
            case RestoreResult.Refused:
                Fence("others have removed it: its lease had ended");
                break;
            default:
                Fence("the coordinator holds an older cluster, and of two the younger yields");
                break;
        }
    }

    /// <summary>Has the other members promise that nobody claims what is this node's.</summary>
    private async Task ExtendAsync(View view)
    {
        if (_isFenced)
        {
            return;
        }

        long before = _clock();
        byte[] question = new ExtendQuestion(view.Generation, view.MembersNumber).Encode();
        bool[] promised = await Task.WhenAll(view.Members.Select(member => AskToExtendAsync(member, view, question))).ConfigureAwait(false);
        if (promised.Count(static yes => yes) >= Quorum.ToPromise(view.Members.Length))
        {
            long last;
            lock (_lock)
            {
                last = _lastRenewal + (long)_options.MaxCoordinatorOutage.TotalMilliseconds;
            }

            KeepUntil(Math.Min(before + _lease, last) - _margin);
        }
    }

    private async Task<bool> AskToExtendAsync(Member member, View view, byte[] question)
    {
        if (member.Incarnation == Incarnation)
        {
            return true;
        }

        byte[]? answer = await TryAskAsync(member, PeerQuestion.Extend, question).ConfigureAwait(false);
        if (answer is not { Length: > 0 })
        {
            return false;
        }

        switch ((PeerAnswer)answer[0])
        {
            case PeerAnswer.Yes:
                return true;
            case PeerAnswer.YouAreBehind:
                TakeNews(answer.AsSpan(1));
                return false;
            case PeerAnswer.IAmBehind:
                await TryAskAsync(member, PeerQuestion.ViewNews, view.Encode()).ConfigureAwait(false);
                return false;
            default:
                return false;
        }
    }

    private async Task<byte[]?> TryAskAsync(Member member, PeerQuestion kind, byte[] question)
    {
        try
        {
            return await _peers.AskAsync(member, kind, question, _options.PeerTimeout, _stop.Token).WaitAsync(_options.PeerTimeout, _time, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // Whoever does not answer has promised nothing.
            return null;
        }
    }

    private void LostCoordinator(Exception exception)
    {
        if (!_isCoordinatorAway)
        {
            _isCoordinatorAway = true;
            _log.CoordinatorLost(Name, _options.MaxCoordinatorOutage.TotalSeconds, exception);
        }
    }

    private void FoundCoordinator()
    {
        if (_isCoordinatorAway)
        {
            _isCoordinatorAway = false;
            _log.CoordinatorBack(Name);
            _watchPause.Wake();
        }
    }
}
