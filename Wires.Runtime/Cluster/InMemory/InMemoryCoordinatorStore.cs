namespace Wires.Cluster.InMemory;

/// <summary>The memory of an embedded coordinator. Can be told to fail as a server does.</summary>
internal sealed class InMemoryCoordinatorStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, LeaseState> _leases = [];
    private readonly TimeProvider _time;
    private Generation? _generation;
    private long _viewNumber;
    private byte[]? _view;
    private byte[]? _secret;
    private bool _isRestoring;
    private volatile bool _isAway;
    private volatile string _serverId = "in memory";

    public InMemoryCoordinatorStore(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>Raised on a pool thread: whoever changes the view must not run into its own handler.</summary>
    public event Action? ViewChanged;

    /// <summary>While true, nobody gets an answer.</summary>
    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <summary>Who keeps this memory; set another to act as a server that has taken over.</summary>
    public string ServerId
    {
        get => _serverId;
        set => _serverId = value;
    }

    /// <summary>Loses everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Clear_NeedsLock();
        }
    }

    public CoordinatorState Read()
    {
        lock (_lock)
        {
            ThrowIfAway();
            return new CoordinatorState(_generation, _viewNumber, _view?.ToArray(), _secret?.ToArray(), [.. _leases.Values], _isRestoring, _serverId);
        }
    }

    public bool TryFound(Generation generation, long viewNumber, byte[] view, byte[] secret, LeaseGrant me)
    {
        lock (_lock)
        {
            ThrowIfAway();
            if (_generation is not null)
            {
                return false;
            }

            long foundedAt = generation.FoundedAt == 0 ? _time.GetUtcNow().ToUnixTimeMilliseconds() : generation.FoundedAt;
            _generation = generation with { FoundedAt = foundedAt };
            _viewNumber = viewNumber;
            _view = view;
            _secret ??= secret.ToArray();
            _isRestoring = false;
            _leases.Clear();
            _leases.Add(me.Incarnation, new LeaseState(me.Incarnation, 1, me.SeenView));
        }

        Tell();
        return true;
    }

    public bool TryChangeView(ViewChange change, string? readFrom)
    {
        lock (_lock)
        {
            ThrowIfAway();
            if (!IsInOrder_NeedsLock(change, readFrom))
            {
                return false;
            }

            _viewNumber = change.NewNumber;
            _view = change.View.ToArray();
            foreach (long removed in change.Removed)
            {
                _leases.Remove(removed);
            }

            foreach (LeaseGrant added in change.Added)
            {
                _leases.TryAdd(added.Incarnation, new LeaseState(added.Incarnation, 1, added.SeenView));
            }
        }

        Tell();
        return true;
    }

    public RenewResult Renew(Guid generation, long incarnation, long seenView)
    {
        lock (_lock)
        {
            ThrowIfAway();
            RenewOutcome outcome;
            if (_generation is not { } stored)
            {
                outcome = RenewOutcome.GenerationLost;
            }
            else if (stored.Id != generation)
            {
                outcome = RenewOutcome.OtherGeneration;
            }
            else if (!_leases.TryGetValue(incarnation, out LeaseState lease))
            {
                outcome = RenewOutcome.LeaseEnded;
            }
            else
            {
                outcome = RenewOutcome.Renewed;
                _leases[incarnation] = lease with { Counter = lease.Counter + 1, SeenView = Math.Max(lease.SeenView, seenView) };
            }

            return new RenewResult(outcome, _viewNumber, _generation, _serverId, _isRestoring);
        }
    }

    public RestoreResult TryRestore(Generation generation, long viewNumber, byte[] view, byte[] secret, long incarnation)
    {
        lock (_lock)
        {
            ThrowIfAway();
            if (_generation is { } stored && stored.Id != generation.Id && !stored.IsYoungerThan(generation))
            {
                return RestoreResult.OlderGenerationStored;
            }

            if (_generation?.Id == generation.Id && _viewNumber >= viewNumber)
            {
                return _viewNumber > viewNumber ? RestoreResult.Newer : GiveBack_NeedsLock(incarnation);
            }

            Clear_NeedsLock();
            _generation = generation;
            _viewNumber = viewNumber;
            _view = view;
            _secret = secret.ToArray();
            _isRestoring = true;
            _leases.Add(incarnation, new LeaseState(incarnation, 1, viewNumber));
        }

        Tell();
        return RestoreResult.Restored;
    }

    public void ClearRestoring(Guid generation)
    {
        lock (_lock)
        {
            ThrowIfAway();
            _isRestoring &= _generation?.Id != generation;
        }
    }

    private bool IsInOrder_NeedsLock(ViewChange change, string? readFrom)
    {
        if ((readFrom is not null && readFrom != _serverId) || _generation?.Id != change.Generation || _viewNumber != change.ExpectedNumber)
        {
            return false;
        }

        return (_leases.ContainsKey(change.Proposer) || change.Added.Any(added => added.Incarnation == change.Proposer))
            && change.UnchangedLeases.All(lease => _leases.TryGetValue(lease.Incarnation, out LeaseState stored) && stored.Counter == lease.Counter);
    }

    private RestoreResult GiveBack_NeedsLock(long incarnation)
    {
        if (_leases.ContainsKey(incarnation))
        {
            return RestoreResult.Joined;
        }

        if (!_isRestoring)
        {
            return RestoreResult.Refused;
        }

        _leases.Add(incarnation, new LeaseState(incarnation, 1, _viewNumber));
        return RestoreResult.Joined;
    }

    private void Clear_NeedsLock()
    {
        _generation = null;
        _viewNumber = 0;
        _view = null;
        _secret = null;
        _isRestoring = false;
        _leases.Clear();
    }

    private void ThrowIfAway()
    {
        if (_isAway)
        {
            throw new CoordinatorUnavailableException("The coordinator in memory has been told to be away. Set IsAway of its store to false.");
        }
    }

    private void Tell() => ThreadPool.UnsafeQueueUserWorkItem(static store => store.ViewChanged?.Invoke(), this, preferLocal: false);
}
