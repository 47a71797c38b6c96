using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Wires.Diagnostics;
using Wires.Directories;
using Wires.Infrastructure;

namespace Wires;

/// <summary>One node: its wires, its settings, its time.</summary>
internal sealed partial class WireNode : IWires, IAsyncDisposable
{
    private static readonly TimeSpan s_sweepPeriod = TimeSpan.FromMilliseconds(250);

    private readonly WiresOptions _options;
    private readonly long _callTimeout;
    private readonly bool _usesSystemTime;
    private readonly bool _runsOnCallers;
    private readonly Lock _lock = new();
    private ITimer? _sweeper;
    private long _wireCount;

    public WireNode(IServiceProvider services, WiresOptions options, TimeProvider timeProvider, ILoggerFactory loggers)
    {
        Services = services;
        _options = options;
        TimeProvider = timeProvider;
        _usesSystemTime = ReferenceEquals(timeProvider, TimeProvider.System);
        _callTimeout = WireHandle.ToMilliseconds(options.CallTimeout, nameof(options.CallTimeout));
        Name = options.NodeName ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");
        Log = new NodeLog(loggers.CreateLogger("Wires.Node"));
        Directory = new WireDirectory(this);
        Scheduler = new Scheduler { Carriers = options.Processors is { } processors ? new Carriers(Name, processors) : null };
        _runsOnCallers = options.InlineCalls && options.Processors is null;
        GreedyLooks = Watchdog.LooksOf(options.GreedyTurn);
        if (ClusterSettings.IsClustered(options))
        {
            _cluster = CreateCluster();
        }

        Start();
    }

    public string Name { get; }

    string IWires.Node => Name;

    public IServiceProvider Services { get; }

    public WiresOptions Options => _options;

    public TimeProvider TimeProvider { get; }

    public NodeLog Log { get; }

    public WireDirectory Directory { get; }

    public Scheduler Scheduler { get; }

    /// <summary>Milliseconds on the clock that deadlines are read from.</summary>
    public long Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _usesSystemTime ? Environment.TickCount64 : InjectedNow();
    }

    /// <summary>The same clock, read without cost: never ahead, perhaps some milliseconds behind.</summary>
    public long CoarseNow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _usesSystemTime ? Clock.Coarse : InjectedNow();
    }

    public long WireCount => Interlocked.Read(ref _wireCount);

    public TRef Get<TRef>(string key)
        where TRef : struct, IWireRef<TRef> => Get<TRef>(new WireKey(key));

    public TRef Get<TRef>(long key)
        where TRef : struct, IWireRef<TRef> => Get<TRef>(new WireKey(key));

    public TRef Get<TRef>(Guid key)
        where TRef : struct, IWireRef<TRef> => Get<TRef>(new WireKey(key));

    // Version 7: keys of wires made together sort together.
    public TRef Spawn<TRef>()
        where TRef : struct, IWireRef<TRef> => Get<TRef>(new WireKey(Guid.CreateVersion7(TimeProvider.GetUtcNow())));

    /// <summary>A handle of this node for a wire. Nothing is looked up: the first call finds the wire or brings it to life.</summary>
    public WireHandle HandleOf(WireType type, WireKey key) => new(this, type, key);

    public int CapacityOf(WireType type) => type.MailboxCapacity > 0 ? type.MailboxCapacity : _options.MailboxCapacity;

    /// <summary>In milliseconds; negative for none.</summary>
    public long TimeoutOf(WireType type) => type.TimeoutMilliseconds != WireHandle.DefaultTimeout ? type.TimeoutMilliseconds : _callTimeout;

    /// <summary>The deadline of a call made now.</summary>
    public long DeadlineFor(WireHandle handle)
    {
        long timeout = handle.EffectiveTimeout;
        return timeout > 0 ? Now + timeout : long.MaxValue;
    }

    /// <summary>A wire has come to life.</summary>
    public void Attached(Activation activation)
    {
        Interlocked.Increment(ref _wireCount);
        Telemetry.Activated(activation.Type);
    }

    /// <summary>A wire has left.</summary>
    public void Detached(Activation activation)
    {
        _ = activation;
        Interlocked.Decrement(ref _wireCount);
    }

    private TRef Get<TRef>(WireKey key)
        where TRef : struct, IWireRef<TRef> => TRef.FromHandle(HandleOf(TRef.Type, key));

    private long InjectedNow() => TimeProvider.GetTimestamp() / Math.Max(1, TimeProvider.TimestampFrequency / 1000);
}
