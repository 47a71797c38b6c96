using System.Diagnostics;

namespace Wires.Cluster;

/// <content>Founding and joining.</content>
internal sealed partial class ClusterMember
{
    // What a restarting coordinator gives the members of a cluster that it has lost, on top of their leases.
    private static readonly TimeSpan s_extraWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(150);

    /// <summary>Founds a cluster if the coordinator holds none, and else reads its secret. The node's address has to be known, but it need not listen yet: who connects too early tries again.</summary>
    /// <exception cref="CoordinatorUnavailableException">The coordinator does not answer.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        bool mayFound = _options.FoundAtOnce;
        while (true)
        {
            CoordinatorState state = await ReadToJoinAsync(cancellation).ConfigureAwait(false);
            if (state.Generation is { } generation)
            {
                _generation = generation;
                _secret ??= state.Secret ?? throw new CoordinatorUnavailableException(
                    $"Node {Name} cannot join: the coordinator holds a cluster without a secret. Give all nodes the same secret");
                return;
            }

            if (!mayFound)
            {
                // Nodes of a cluster that the coordinator has lost may be about to put it back.
                await Task.Delay(_options.LeaseLength + s_extraWait, _time, cancellation).ConfigureAwait(false);
                mayFound = true;
            }
            else if (await TryFoundAsync(cancellation).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>Becomes a member. Slots come to it afterwards, as their owners hand them over.</summary>
    /// <exception cref="CoordinatorUnavailableException">The coordinator does not answer.</exception>
    public async Task JoinAsync(CancellationToken cancellation)
    {
        if (_secret is null || _generation == default)
        {
            await PrepareAsync(cancellation).ConfigureAwait(false);
        }

        while (_view is null)
        {
            long start = _clock();
            CoordinatorState state = await ReadToJoinAsync(cancellation).ConfigureAwait(false);
            if (state.Generation is null || state.View is null)
            {
                await PrepareAsync(cancellation).ConfigureAwait(false);
                continue;
            }

            if (!await TryJoinAsync(state, start, cancellation).ConfigureAwait(false))
            {
                await Task.Delay(Jitter(s_retry), _time, cancellation).ConfigureAwait(false);
            }
        }
    }

    // The first attempt whose outcome is not known.
    private long? _joinSentAt;

    private async Task<bool> TryJoinAsync(CoordinatorState state, long start, CancellationToken cancellation)
    {
        _generation = state.Generation!.Value;
        View view = View.Decode(state.View);
        if (view.Contains(Incarnation))
        {
            // An attempt went through whose answer was lost. Its lease began no later than that.
            Begin(view, _joinSentAt ?? start);
            return true;
        }

        _sightings.Observe(state, view, start, _clock());
        if (_sightings.IsUnsettled)
        {
            // Members end this, unless none is left.
            if (_sightings.TrySettle(state, view) && state.IsRestoring)
            {
                await TryClearRestoringAsync().ConfigureAwait(false);
            }

            return false;
        }

        if (!_sightings.IsInForce(view))
        {
            return false;
        }

        View next = view.WithMember(new Member(Incarnation, Name, _options.Address, _options.Speed, _options.Build), Step());
        _joinSentAt ??= _clock();
        var change = new ViewChange(
            view.Generation, view.Number, next.Number, next.Encode(), Incarnation, [], [], [new LeaseGrant(Incarnation, next.Number)]);
        bool isIn;
        try
        {
            isIn = await Within(_coordinator.TryChangeViewAsync(change, cancellation)).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            // Whether it went through, the next look tells.
            return false;
        }

        if (isIn)
        {
            Begin(next, _joinSentAt.Value);
            _log.Joined(Name, next.Members.Length);
            return true;
        }

        return false;
    }

    private async Task<bool> TryFoundAsync(CancellationToken cancellation)
    {
        byte[] secret = _secret ?? new byte[32];
        if (_secret is null)
        {
            System.Security.Cryptography.RandomNumberGenerator.Fill(secret);
        }

        Guid id = NewId();
        View view = View.Found(id, new Member(Incarnation, Name, _options.Address, _options.Speed, _options.Build));
        long before = _clock();
        try
        {
            await Within(_coordinator.TryFoundAsync(
                new Generation(id, 0), view.Number, view.Encode(), secret, new LeaseGrant(Incarnation, view.Number), cancellation)).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            // Whether it went through, the next look tells.
        }

        CoordinatorState state = await ReadToJoinAsync(cancellation).ConfigureAwait(false);
        if (state.Generation is not { } generation || generation.Id != id)
        {
            return false;
        }

        _generation = generation;
        _secret = state.Secret ?? secret;
        View found = View.Decode(state.View);
        if (found.Contains(Incarnation))
        {
            Begin(found, before);
            _log.Founded(Name);
        }

        return true;
    }

    private async Task<CoordinatorState> ReadToJoinAsync(CancellationToken cancellation)
    {
        try
        {
            return await Within(_coordinator.ReadAsync(cancellation)).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            throw new CoordinatorUnavailableException($"Node {Name} cannot join a cluster: the coordinator does not answer. Start it, or correct its address ({exception.Message})", exception);
        }
    }

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
        {
            _random.NextBytes(bytes);
        }

        return new Guid(bytes);
    }

    private void Begin(View view, long leaseFrom)
    {
        Debug.Assert(_view is null, "A member joins once");
        lock (_lock)
        {
            _lastRenewal = leaseFrom;
            Volatile.Write(ref _silentFrom, leaseFrom + _lease - _margin);
        }

        Adopt(view);
        OnFenceTimer();
        lock (_loops)
        {
            _loops.Add(RunAsync("renewing", _renewPause, RenewAsync, () => !_isFenced));
            _loops.Add(RunAsync("watching", _watchPause, WatchAsync, () => !_stop.IsCancellationRequested && (!_isFenced || _leaving is Leaving.Out)));
            _loops.Add(RunAsync("recovering", _recoverPause, RecoverAsync, () => !_isFenced));
        }
    }
}
