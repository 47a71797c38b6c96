using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Serialization.Formatters;
using Wires.Transport;

namespace Wires.Remoting;

// The other nodes: connections to them, theirs to this one, and the cluster's own questions.
internal sealed partial class ClusterNode
{
    /// <summary>
    /// The question by which a host tells a wire's home that the wire has left it; without an epoch, it asks in which one the home takes it for the wire's host. Beyond those of the membership.
    /// </summary>
    public const byte WireLeft = 0xC0;

    private static readonly TimeSpan s_tellTime = TimeSpan.FromSeconds(5);

    /// <summary>What is being told to homes at the moment: a burst of calls tells it once.</summary>
    private readonly System.Collections.Concurrent.ConcurrentDictionary<WireHandle, byte> _telling = new();

    /// <summary>The connection to a member; opened by whoever needs it first.</summary>
    /// <exception cref="WireUnreachableException">It is no member, or cannot be reached.</exception>
    public async Task<Peer> PeerAsync(long incarnation)
    {
        if (_peers.TryGetValue(incarnation, out Task<Peer>? known) && (!known.IsCompleted || (known.IsCompletedSuccessfully && known.Result.IsOpen)))
        {
            return await known.ConfigureAwait(false);
        }

        Member member = _member?.CurrentView?.Find(incarnation) ?? throw new WireUnreachableException("Its node is no member of the cluster any more; another one takes its place.") { IsRefused = true };
        return await PeerAsync(member).ConfigureAwait(false);
    }

    async Task<byte[]> IPeers.AskAsync(Member member, PeerQuestion kind, ReadOnlyMemory<byte> question, TimeSpan timeout, CancellationToken cancellation)
    {
        Peer peer = await PeerAsync(member).WaitAsync(timeout, TimeProvider.System, cancellation).ConfigureAwait(false);
        return await peer.AskAsync((byte)kind, question, timeout, cancellation).ConfigureAwait(false);
    }

    /// <summary>Answers a question of another node; null where this one cannot.</summary>
    public byte[]? Answer(long from, byte kind, ReadOnlySpan<byte> question)
    {
        if (_member is not { } member)
        {
            return null;
        }

        if (kind == WireLeft)
        {
            var reader = new WireReader(question);
            reader.ReadUnmanaged(out long left);
            string type = reader.ReadString() ?? "";
            WireKey key = WireKeyFormatter.ReadKey(ref reader);
            int slot = Slots.Of(type, key);
            if (left != 0)
            {
                member.RemoveAway(slot, type, key, from, left);
                return [];
            }

            return member.TryGetAway(slot, type, key, out long incarnation, out long epoch) && incarnation == from ? BitConverter.GetBytes(epoch) : [];
        }

        return member.Answer(from, (PeerQuestion)kind, question);
    }

    public void OnOpened(Connection connection)
    {
        if (connection.IsOutgoing)
        {
            connection.Tag = new Peer(this, connection);
            return;
        }

        var caller = new Inbound(this, connection);
        connection.Tag = caller;
        _incoming[connection] = 0;
        if (_saysGoodbye)
        {
            caller.SayGoodbye();
        }
    }

    public void OnFrame(Connection connection, ReadOnlySpan<byte> frame)
    {
        if (_probe is null || _probe(this, connection, frame))
        {
            Hear(connection, frame);
        }
    }

    /// <summary>Takes what another node has said.</summary>
    public void Hear(Connection connection, ReadOnlySpan<byte> frame)
    {
        if (_gone.ContainsKey(connection.Peer.Incarnation))
        {
            // Its lease has ended and its slots are others': nothing that it says counts.
            connection.Close("this incarnation is no member of the cluster any more");
            return;
        }

        WireThread.Current.Gathering ??= WokenBatch.Rent(connection);
        try
        {
            if (connection.Tag is Peer peer)
            {
                peer.OnFrame(frame);
            }
            else
            {
                ((Inbound)connection.Tag!).OnFrame(frame);
            }
        }
        catch (WireSerializationException e)
        {
            Node.Log.BadFrame(connection.Peer.Name, connection.RemoteAddress, e.Message);
            connection.Close($"a frame could not be read: {e.Message}");
        }
    }

    public IWoken? OnBatchEnd(Connection connection)
    {
        WireThread thread = WireThread.Current;
        WokenBatch? woken = thread.Gathering;
        thread.Gathering = null;
        return woken?.Close();
    }

    public void OnUnsent(Connection connection, ReadOnlySpan<byte> frame) => (connection.Tag as Peer)?.OnUnsent(frame);

    public void OnClosed(Connection connection, TransportException? reason)
    {
        _incoming.TryRemove(connection, out _);
        switch (connection.Tag)
        {
            case Peer peer:
                peer.OnClosed(reason?.Message ?? "it was closed.");
                SignalChange();
                break;
            case Inbound inbound:
                inbound.OnClosed();
                break;
        }
    }

    private async Task<Peer> PeerAsync(Member member)
    {
        while (true)
        {
            Task<Peer> task = _peers.GetOrAdd(member.Incarnation, static (_, state) => state.Cluster.ConnectAsync(state.Member), (Cluster: this, Member: member));
            try
            {
                Peer peer = await task.ConfigureAwait(false);
                if (peer.IsOpen)
                {
                    return peer;
                }
            }
            catch
            {
                _peers.TryRemove(new KeyValuePair<long, Task<Peer>>(member.Incarnation, task));
                throw;
            }

            _peers.TryRemove(new KeyValuePair<long, Task<Peer>>(member.Incarnation, task));
        }
    }

    private async Task<Peer> ConnectAsync(Member member)
    {
        await Task.Yield();
        Transport.Transport transport = _transport ?? throw new WireUnreachableException($"Node {Node.Name} has not joined its cluster yet.");
        try
        {
            Connection connection = await transport.ConnectAsync(ParseAddress(member.Address), member.Incarnation, _end.Token).ConfigureAwait(false);
            return (Peer)connection.Tag!;
        }
        catch (TransportException e)
        {
            throw new WireUnreachableException($"Node {member.Name} at {member.Address} cannot be reached: {e.Message}", e) { IsRefused = true };
        }
    }

    private void TellHome(WireHandle handle)
    {
        if (_member?.CurrentView is not { } view || view.OwnerOf(handle.Slot) is var home && (home == 0 || home == Incarnation))
        {
            return;
        }

        if (_telling.TryAdd(handle, 0))
        {
            _ = TellAsync(home, handle);
        }
    }

    /// <remarks>What is said here may be late, and the wire have come back. So the home says first what it believes, and it is looked once more whether that is past.</remarks>
    private async Task TellAsync(long home, WireHandle handle)
    {
        try
        {
            Peer peer = await PeerAsync(home).ConfigureAwait(false);
            byte[] believed = await peer.AskAsync(WireLeft, Describe(handle, epoch: 0), s_tellTime, _end.Token).ConfigureAwait(false);
            if (believed.Length == sizeof(long) && !IsAliveHere(handle))
            {
                await peer.AskAsync(WireLeft, Describe(handle, BitConverter.ToInt64(believed)), s_tellTime, _end.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (Faults.IsOfAnotherNode(e))
        {
            // Told again with the next call that the home sends here by mistake.
        }

        _telling.TryRemove(handle, out _);
    }

    private static byte[] Describe(WireHandle handle, long epoch)
    {
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged(epoch);
        writer.WriteString(handle.Type.Name);
        WireKeyFormatter.WriteKey(ref writer, handle.Key);
        writer.Flush();
        byte[] bytes = buffer.WrittenSpan.ToArray();
        buffer.Return();
        return bytes;
    }
}
