using System.Collections.Concurrent;
using System.Diagnostics;
using Wires.Cluster;
using Wires.Remoting;
using Wires.Transport;

namespace Wires.Balancing;

/// <summary>Runs the balancer of one incarnation of a node: measures, sends what it says, and makes the moves. It takes its calls one at a time, by a lock that nothing waits under.</summary>
internal sealed partial class NodeBalancer
{
    /// <summary>Rounds after which a wire without work is not watched any more.</summary>
    private const int RoundsUntilIdle = 20;

    /// <summary>On a node that sends all away, or the largest.</summary>
    private const int MostIdleWires = 4096;

    /// <summary>What a wire's image is taken for that has never moved: the balancer learns from the first one.</summary>
    private const long GuessedBytes = 1024;

    private static readonly TimeSpan s_pinned = TimeSpan.FromSeconds(30);

    /// <summary>All nodes of a process have the same processors.</summary>
    private static readonly Lazy<Task<double>> s_processorSpeed = new(static () => Task.Run(NodeSpeed.Measure));

    private readonly ClusterNode _cluster;
    private readonly BalancingOptions _options;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly ConcurrentQueue<BalancingDecision> _decisions = new();
    private readonly List<BusyWire> _busy = [];
    private readonly Dictionary<ulong, WorkAccount> _byFingerprint = [];
    private readonly Dictionary<string, double> _bytesOfType = [];
    private readonly HashSet<WorkAccount> _idle = [];
    private Balancer? _balancer;
    private WorkMeter? _work;
    private View? _view;
    private View? _adopted;
    private double _speed = 1;
    private TimeSpan _measuredAt;
    private volatile bool _placesElsewhere;

    public NodeBalancer(ClusterNode cluster)
    {
        _cluster = cluster;
        _options = cluster.Node.Options.Balancing.With(MethodProfile.SampleEvery);
    }

    /// <summary>Where turns are told of.</summary>
    public WorkMeter Work => _work ?? Interlocked.CompareExchange(ref _work, new WorkMeter(_cluster.Incarnation, () => Now), null) ?? _work!;

    private WireNode Node => _cluster.Node;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <summary>The node is a member now.</summary>
    public void Start() => _ = RunAsync();

    /// <summary>Members have come or gone.</summary>
    public void OnViewAdopted(View view) => Volatile.Write(ref _view, view);

    /// <summary>A wire has come from another node.</summary>
    public void Arrived(Arrival arrival) => _arrivals.Enqueue(arrival);

    /// <summary>What the next node should know of a wire that leaves.</summary>
    public (double Work, int RecentMoves, bool DrivesItself) Describe(Activation wire) =>
        wire.AsideOrNull?.Account is { } account ? (account.Busy.Work, account.Busy.MovesOfLate(Now), account.DrivesItself) : default;

    /// <summary>Whether new wires are looked a place for; by the last round, so that a node that has no reason to pays nothing.</summary>
    public bool PlacesElsewhere => _placesElsewhere;

    /// <summary>Lets a wire of this home come to life on another node, if one suits better. The caller owns its first turn.</summary>
    /// <returns>False if it comes to life here, by the caller's hand.</returns>
    public bool TryPlace(Activation wire)
    {
        if (Node.StaysHere || Node.IsStopping || _cluster.Member?.CurrentView is not { } view)
        {
            return false;
        }

        long place;
        lock (_lock)
        {
            place = _balancer!.Place(Now);
        }

        return place != _cluster.Incarnation && view.Find(place) is { } target && _cluster.Migrator.TryPlace(wire, target);
    }

    private async Task RunAsync()
    {
        try
        {
            _speed = await s_processorSpeed.Value.ConfigureAwait(false);
            double capacity = Node.Options.Cluster.SetSpeed ?? ((Node.Options.Processors ?? Environment.ProcessorCount) * _speed);
            var policy = new GuardedPolicy(_options.Policy(), e => Node.Log.PolicyFailed(Node.Name, e));
            _measuredAt = Now;
            Volatile.Write(ref _balancer, new Balancer(_cluster.Incarnation, Node.Name, capacity, policy, _options, new Random(), _decisions.Enqueue));

            using var timer = new PeriodicTimer(_options.Period, TimeProvider.System);
            while (await timer.WaitForNextTickAsync(_cluster.Ended).ConfigureAwait(false))
            {
                RunRound();
            }
        }
        catch (OperationCanceledException)
        {
            // The incarnation has ended.
        }
        catch (Exception e)
        {
            // The user's factory of policies.
            Node.Log.PolicyFailed(Node.Name, e);
        }
    }

    private void RunRound()
    {
        try
        {
            RoundResult result;
            var meetings = new Dictionary<long, List<(ulong, ulong)>>();
            lock (_lock)
            {
                TimeSpan now = Now;
                CatchUp_NeedsLock(now);
                Balancer balancer = _balancer!;
                balancer.State = State;
                NodeSample sample = Measure_NeedsLock(now, meetings);
                result = balancer.Tick(now, sample, Node.IsStopping ? [] : _busy);
                _placesElsewhere = balancer.PlacesElsewhere(now);
            }

            PublishDecisions();
            Send(result, meetings);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Node.Log.RoundFailed(Node.Name, e);
        }
    }

    // A stopping node empties itself; others have to know that it takes nothing.
    private NodeState State => Node.IsStopping || Node.IsDraining ? NodeState.Draining : Node.RefusesGuests is not null ? NodeState.Blocked : NodeState.Open;

    /// <summary>What has happened since the last call of the balancer.</summary>
    private void CatchUp_NeedsLock(TimeSpan now)
    {
        Balancer balancer = _balancer!;
        if (Volatile.Read(ref _view) is { } view && !ReferenceEquals(view, _adopted))
        {
            _adopted = view;
            balancer.SetMembers(view.Members.Select(static member => (member.Incarnation, member.Name)), now);
        }

        while (_arrivals.TryDequeue(out Arrival? arrival))
        {
            if (Work.AccountOf(arrival.Activation!) is { } account)
            {
                account.Busy.Bring(arrival.Work, arrival.RecentMoves);
                account.Busy.Bytes = BytesOf(account.Wire);
                account.CameAt = now;
                account.IsExact |= arrival.DrivesItself;
                account.DroveItself = account.DrivesItself |= arrival.DrivesItself;
                balancer.Arrived(account.Busy, arrival.From, now);
            }
        }
    }

    private NodeSample Measure_NeedsLock(TimeSpan now, Dictionary<long, List<(ulong, ulong)>> meetings)
    {
        double seconds = (now - _measuredAt).TotalSeconds;
        _measuredAt = now;
        double unit = _speed / Stopwatch.Frequency;
        double work = Work.TakeOthers() * unit;
        double backlog = 0;
        double shift = 0;
        bool wantsIdle = _balancer!.WantsIdleWires && !Node.IsStopping;
        if (wantsIdle)
        {
            foreach (Activation wire in Node.Directory.All().Take(MostIdleWires))
            {
                Work.AccountOf(wire);
            }
        }

        _busy.Clear();
        _byFingerprint.Clear();
        _idle.Clear();
        foreach (WorkAccount account in Work.Snapshot())
        {
            long ticks = account.TakeWork();
            double done = ticks * unit;
            double waiting = account.Wire.Depth * account.MeanTurn * _speed;
            bool drivesItself = account.DrivesItself;
            if (drivesItself)
            {
                // It takes what it is given: on a node that is full, its turns would tell how full that is, not how much the wire would do elsewhere. What waits is itself.
                done = HereFor(account, now, seconds) * _speed;
                waiting = 0;
            }

            work += done;
            if (account.Wire.IsClosed || Retires(account, isBusy: ticks > 0 || waiting > 0 || drivesItself || wantsIdle))
            {
                _idle.Add(account);
                continue;
            }

            backlog += waiting;
            BusyWire busy = account.Busy;
            double before = busy.Work;
            if (drivesItself || account.DroveItself)
            {
                busy.Set(drivesItself ? _speed : done / seconds);
                shift += busy.Work - before;
                account.DroveItself = drivesItself;
            }
            else
            {
                busy.Record(done, waiting, seconds);
            }

            busy.Bytes = BytesOf(account.Wire);
            busy.IsPinned = Node.StaysHere || account.Wire.Type.IsDeputy || account.PinnedUntil > now;
            CountMeetings(account, meetings);
            _busy.Add(busy);
            _byFingerprint[busy.Fingerprint] = account;
        }

        Work.Drop(_idle);
        _balancer.Shift(shift);
        GCMemoryInfo memory = GC.GetGCMemoryInfo(GCKind.Any);
        return new NodeSample(work, backlog, Environment.WorkingSet, memory.TotalAvailableMemoryBytes);
    }

    /// <summary>For how many seconds of the round a wire was on this node.</summary>
    private static double HereFor(WorkAccount account, TimeSpan now, double seconds)
    {
        // One that is closed and was not reported to have left counts no more: neither is it taken off then.
        TimeSpan until = !account.Wire.IsClosed || account.LeftAt < now ? Least(account.LeftAt, now) : TimeSpan.MinValue;
        TimeSpan from = now - TimeSpan.FromSeconds(seconds);
        from = account.CameAt > from ? account.CameAt : from;
        return until <= from ? 0 : (until - from).TotalSeconds;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static bool Retires(WorkAccount account, bool isBusy)
    {
        account.IdleRounds = isBusy ? 0 : account.IdleRounds + 1;
        return account.IdleRounds >= RoundsUntilIdle && !account.Busy.IsMoving;
    }

    private void CountMeetings(WorkAccount account, Dictionary<long, List<(ulong Called, ulong Caller)>> meetings)
    {
        foreach ((ulong peer, long node) in account.TakeMet())
        {
            (account.Busy.Sketch ??= new AffinitySketch()).Count(peer, node);
            if (node != _cluster.Incarnation)
            {
                if (!meetings.TryGetValue(node, out List<(ulong, ulong)>? there))
                {
                    meetings.Add(node, there = []);
                }

                there.Add((peer, account.Busy.Fingerprint));
            }
        }
    }

    // Wires of a type are about as large as those of it that have moved; at first as all are.
    private long BytesOf(Activation wire) => (long)_bytesOfType.GetValueOrDefault(wire.Type.Name, GuessedBytes);

    private void LearnBytes(Activation wire, long bytes)
    {
        double known = _bytesOfType.GetValueOrDefault(wire.Type.Name, bytes);
        _bytesOfType[wire.Type.Name] = known + ((bytes - known) / 8);
    }

    private void PublishDecisions()
    {
        int count = 0;
        BalancingDecision? first = null;
        while (_decisions.TryDequeue(out BalancingDecision? decision))
        {
            count++;
            first ??= decision;
            Node.Log.Decided(decision);
            try
            {
                _options.OnDecision?.Invoke(decision);
            }
            catch (Exception e)
            {
                Node.Log.ListenerFailed(e);
            }
        }

        if (first is not null)
        {
            Node.Log.DecidedMany(Node.Name, count, first);
        }
    }

    private static bool IsLoss(Exception e) => Faults.IsOfAnotherNode(e) || e is InvalidDataException;
}
