using Microsoft.Extensions.Logging;

namespace Wires.Cluster;

/// <summary>This node's part in a cluster: who is a member, who owns which slot, and when this node must fall silent. One life: to join again takes a new one.</summary>
/// <remarks>
/// Three loops: one renews the lease, one watches the coordinator and does all that changes the view (so that there is one change at a time), one recovers slots.
/// All else is asked from outside and waits for nothing.
/// </remarks>
internal sealed partial class ClusterMember : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly MemberOptions _options;
    private readonly ICoordinator _coordinator;
    private readonly IPeers _peers;
    private readonly IWireHost _host;
    private readonly TimeProvider _time;
    private readonly Func<long> _clock;
    private readonly Random _random;
    private readonly ClusterLog _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Pause _renewPause;
    private readonly Pause _watchPause;
    private readonly Pause _recoverPause;
    private readonly ITimer _fenceTimer;
    private readonly Promises _promises;
    private readonly Sightings _sightings;
    private readonly MemberHistory _history;
    private readonly SlotTable _slots;
    private readonly AwayTable _away = new();
    private readonly List<Task> _loops = [];
    private readonly long _lease;
    private readonly long _margin;
    private volatile View? _view;
    private volatile bool _isFenced;
    private byte[]? _secret;
    private Generation _generation;

    /// <param name="options">What this node brings.</param>
    /// <param name="coordinator">Not disposed of here.</param>
    /// <param name="peers">The way to other members.</param>
    /// <param name="host">What lives on this node.</param>
    /// <param name="time">For timers.</param>
    /// <param name="clock">Milliseconds; never goes back.</param>
    /// <param name="random">For incarnations, secrets and jitter.</param>
    /// <param name="logger">Takes the logs.</param>
    public ClusterMember(
        MemberOptions options, ICoordinator coordinator, IPeers peers, IWireHost host, TimeProvider time, Func<long> clock, Random random, ILogger logger)
    {
        (_options, _coordinator, _peers, _host, _time, _clock, _random) = (options, coordinator, peers, host, time, clock, random);
        _log = new ClusterLog(logger);
        _lease = (long)options.LeaseLength.TotalMilliseconds;
        _margin = (long)options.Margin.TotalMilliseconds;
        Incarnation = random.NextInt64(1, long.MaxValue);
        _secret = options.Secret;
        _promises = new Promises(_lease);
        _sightings = new Sightings(_lease, _margin, (long)options.MaxCoordinatorOutage.TotalMilliseconds);
        _history = new MemberHistory(_lease + _margin);
        _slots = new SlotTable(Incarnation);
        _renewPause = new Pause(time);
        _watchPause = new Pause(time);
        _recoverPause = new Pause(time);
        _fenceTimer = time.CreateTimer(static me => ((ClusterMember)me!).OnFenceTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        coordinator.ViewChanged += _watchPause.Wake;
    }

    /// <summary>Another view is in use. Not raised under a lock, nor in two threads at once for views of different order: compare numbers.</summary>
    public event Action<View>? ViewAdopted;

    /// <summary>This node has fallen silent for good, for the given reason.</summary>
    public event Action<string>? Fenced;

    /// <summary>Tells this life of the node from all others.</summary>
    public long Incarnation { get; }

    public string Name => _options.Name;

    /// <summary>Whether this node has fallen silent for good.</summary>
    public bool IsFenced => _isFenced;

    /// <summary>The latest view that this node knows.</summary>
    /// <exception cref="InvalidOperationException">It has not joined.</exception>
    public View View => _view ?? throw new InvalidOperationException($"Node {Name} has not joined a cluster yet");

    /// <summary>The latest view that this node knows; null before it has joined.</summary>
    public View? CurrentView => _view;

    /// <summary>The cluster's secret. Known once <see cref="PrepareAsync"/> has ended.</summary>
    public byte[] Secret => _secret ?? throw new InvalidOperationException($"Node {Name} has not been prepared");

    /// <summary>When this node falls silent, by its clock: from then on no turn may start and nothing may be sent. <see cref="long.MinValue"/> before joining and once fenced.</summary>
    public long SilentFrom => Volatile.Read(ref _silentFrom);

    /// <summary>What a slot is to this node. Not to be relied on when <see cref="SilentFrom"/> has passed.</summary>
    public SlotState StateOf(int slot) => _slots.StateOf(slot);

    /// <summary>The slot's epoch in the present view.</summary>
    public uint EpochOf(int slot) => View.EpochOf(slot);

    /// <summary>Waits until the slot is ready here, or another node's.</summary>
    public Task WhenSettledAsync(int slot, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _slots.WhenSettledAsync_NeedsLock(slot).WaitAsync(cancellation);
        }
    }

    /// <summary>Whether a wire of one of this node's slots is known to live elsewhere.</summary>
    public bool TryGetAway(int slot, string type, WireKey key, out long incarnation, out long epoch) => _away.TryGet(slot, type, key, out incarnation, out epoch);

    /// <summary>A wire of one of this node's slots lives elsewhere, unless it is known with a higher epoch.</summary>
    public void SetAway(int slot, string type, WireKey key, long incarnation, long epoch) => _away.Set(slot, type, key, incarnation, epoch);

    /// <summary>A wire does not live there any more.</summary>
    public bool RemoveAway(int slot, string type, WireKey key, long incarnation, long epoch = long.MaxValue) => _away.Remove(slot, type, key, incarnation, epoch);

    /// <summary>Stops at once, without leaving: the others find out.</summary>
    public async ValueTask DisposeAsync()
    {
        Silence(reason: null);
        _coordinator.ViewChanged -= _watchPause.Wake;
        await _stop.CancelAsync().ConfigureAwait(false);
        _renewPause.Dispose();
        _watchPause.Dispose();
        _recoverPause.Dispose();
        await Task.WhenAll(_loops).ConfigureAwait(false);
        await _fenceTimer.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private TimeSpan Jitter(TimeSpan around)
    {
        lock (_lock)
        {
            return around * (0.75 + (_random.NextDouble() / 2));
        }
    }

    private int Step()
    {
        lock (_lock)
        {
            return _random.Next(1, 1024);
        }
    }

    private async Task RunAsync(string name, Pause pause, Func<Task<TimeSpan>> round, Func<bool> goesOn)
    {
        while (goesOn())
        {
            TimeSpan next = _options.WatchPeriod;
            try
            {
                next = await round().ConfigureAwait(false);
            }
            catch (Exception exception) when (IsAway(exception))
            {
                // The renewals tell.
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _log.RoundFailed(name, Name, exception);
            }
            catch (OperationCanceledException)
            {
                // Ends, or a single question was given up.
            }

            if (goesOn())
            {
                await pause.WaitAsync(next).ConfigureAwait(false);
            }
        }
    }

    private static bool IsAway(Exception exception) => exception is CoordinatorUnavailableException or TimeoutException;

    // The client's own calls may have no end.
    private Task<T> Within<T>(Task<T> asked) => asked.WaitAsync(_options.CoordinatorTimeout, _time, _stop.Token);
}
