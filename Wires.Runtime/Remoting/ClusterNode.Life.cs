using System.Net.Sockets;
using System.Security.Cryptography;
using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Transport;

namespace Wires.Remoting;

// Joining, leaving, and being cut off.
internal sealed partial class ClusterNode
{
    private static readonly TimeSpan s_goodbyeLook = TimeSpan.FromMilliseconds(5);

    private volatile bool _saysGoodbye;

    /// <summary>Joins the cluster.</summary>
    /// <exception cref="CoordinatorUnavailableException">The coordinator cannot be reached.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        // One read before anything else: it tells whether the coordinator is there, and by which address others see this machine.
        await _coordinator.ReadAsync(cancellation).ConfigureAwait(false);
        Socket listener = _listener = _settings.Bind(_coordinator.LocalAddress);
        string address = _settings.Advertise ?? listener.LocalEndPoint!.ToString()!;
        Node.Log.Joining(Node.Name, address);
        int seed = BitConverter.ToInt32(RandomNumberGenerator.GetBytes(4));
        var member = new ClusterMember(
            _settings.ToMemberOptions(Node.Name, address, BuildId.Current), _coordinator, this, this, Node.TimeProvider, static () => Environment.TickCount64, new Random(seed), Node.Log.Logger);
        member.ViewAdopted += OnViewAdopted;
        member.Fenced += OnFenced;
        _member = member;

        // The secret is known only now, and who connects must not be kept waiting: so the port is taken before, and listened at after.
        await member.PrepareAsync(cancellation).ConfigureAwait(false);
        var transport = new Transport.Transport(
            new NodeIdentity(member.Incarnation, Node.Name, BuildId.Current), _settings.ToTransportOptions(member.Secret, listener, () => SilentFrom), this, Node.Log.Logger);
        _transport = transport;
        await transport.StartAsync().ConfigureAwait(false);
        await member.JoinAsync(cancellation).ConfigureAwait(false);
        Balancing?.Start();
        SignalChange();
    }

    /// <summary>Gives all slots to other nodes; wires that are here go on.</summary>
    public Task HandOverAsync(CancellationToken cancellation) => _member is { CurrentView: not null } member ? member.HandOverAsync(cancellation) : Task.CompletedTask;

    /// <summary>Lets other nodes find other ways and get the answers that they wait for. Nothing lives here any more.</summary>
    public async Task SayGoodbyeAsync()
    {
        // Who comes later is told when it comes.
        _saysGoodbye = true;
        foreach (Inbound caller in Callers())
        {
            caller.SayGoodbye();
        }

        // Those too that have never called here: where they wait for what has moved on from here, they come and ask.
        long end = Environment.TickCount64 + (long)Node.Options.Cluster.LeaseLength.TotalMilliseconds;
        await UntilNotNeededAsync(end).ConfigureAwait(false);
        _transport?.Refuse();
        await UntilNotNeededAsync(end).ConfigureAwait(false);
    }

    private async Task UntilNotNeededAsync(long end)
    {
        while (IsNeeded() && Environment.TickCount64 < end)
        {
            await Task.Delay(s_goodbyeLook, TimeProvider.System).ConfigureAwait(false);
        }
    }

    /// <summary>Whether another node would lose something if this one went now: what it has asked here, or is about to.</summary>
    private bool IsNeeded()
    {
        // In this order: who has come in is a caller.
        return _transport is { IsWelcoming: true }
            || Callers().Any(static caller => caller.NeedsNode)
            || _adoptions.Values.Any(adoption => adoption.IsKnown && adoption.NeedsNode(Node.Options.Cluster.LeaseLength))
            || _offers.Values.Any(offer => offer.NeedsNode(Node.Options.Cluster.LeaseLength));
    }

    private IEnumerable<Inbound> Callers() => _incoming.Keys.Select(static connection => (Inbound)connection.Tag!);

    /// <summary>Falls silent and leaves the view, once the wires have been detached.</summary>
    public Task LeaveAsync(CancellationToken cancellation) => _member is { CurrentView: not null } member ? member.LeaveAsync(cancellation) : Task.CompletedTask;

    /// <summary>Ends this incarnation at once; whoever asks waits for the same end.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gates)
        {
            _disposal ??= DisposeCoreAsync();
        }

        return new ValueTask(_disposal);
    }

    private async Task DisposeCoreAsync()
    {
        await Task.Yield();
        End();
        await _end.CancelAsync().ConfigureAwait(false);
        Migrator.EndArrivals();
        if (_member is { } member)
        {
            await member.DisposeAsync().ConfigureAwait(false);
        }

        if (_transport is { } transport)
        {
            await transport.DisposeAsync().ConfigureAwait(false);
        }

        // The transport's, once there is one; the port must be free again also where it never came to that.
        _listener?.Dispose();
        await _coordinator.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What a wire of a slot lives by that comes to life now. Under the slot's gate.</summary>
    public NodeLife LifeIn(int slot, WireHandle handle)
    {
        long epoch = NodeLife.FirstEpochIn(_member?.CurrentView?.EpochOf(slot) ?? 0);
        if (_lost.TryGetValue(handle, out long lost) && lost >= epoch)
        {
            return new NodeLife(this, lost + 1);
        }

        return _lives[slot] is { } life && life.Epoch == epoch ? life : _lives[slot] = new NodeLife(this, epoch);
    }

    IReadOnlyList<HostedWire> IWireHost.WiresIn(SlotSet slots)
    {
        // Whoever saw such a slot as this node's before now has let its wire be seen when its gate is free.
        foreach (Lock gate in _gates)
        {
            lock (gate)
            {
            }
        }

        return [.. Migrator.Hosted(Node.Directory.All().Where(wire => !wire.IsClosed && !wire.Type.IsDeputy && wire.Life.IsOf(this) && slots.Contains(wire.Handle.Slot)), slots)];
    }

    private void OnViewAdopted(View view)
    {
        foreach (long seen in _seen.Keys)
        {
            if (view.Find(seen) is null)
            {
                _gone[seen] = 0;
            }
        }

        foreach (Connection connection in _incoming.Keys)
        {
            if (_gone.ContainsKey(connection.Peer.Incarnation))
            {
                connection.Close("this incarnation is no member of the cluster any more");
            }
        }

        foreach (KeyValuePair<long, Task<Peer>> entry in _peers)
        {
            if (view.Find(entry.Key) is null)
            {
                _peers.TryRemove(entry);
                if (entry.Value.IsCompletedSuccessfully)
                {
                    entry.Value.Result.Connection.Close("its node is no member of the cluster any more");
                }
            }
        }

        foreach (Member member in view.Members)
        {
            _seen[member.Incarnation] = 0;
        }

        Migrator.OnViewAdopted(view);
        Balancing?.OnViewAdopted(view);
        SignalChange();
    }

    private void OnFenced(string reason)
    {
        if (End())
        {
            Node.CutOff(this, reason);
        }
    }

    private bool End()
    {
        bool isFirst = Interlocked.Exchange(ref _isOver, 1) == 0;
        SignalChange();
        return isFirst;
    }
}
