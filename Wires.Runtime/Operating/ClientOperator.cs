using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Wires.Cluster;
using Wires.Remoting;
using Wires.Transport;

namespace Wires.Operating;

/// <summary>Operates a cluster from a process that is no member of it: who is a member it reads from the coordinator, and it connects to nodes as a client.</summary>
internal sealed class ClientOperator : WireOperator, IAsyncDisposable
{
    private readonly ClusterSettings _settings;
    private readonly ICoordinator _coordinator;
    private readonly string _cluster;
    private readonly string _place;
    private readonly ConcurrentDictionary<long, Task<ClientPeer>> _peers = new();
    private readonly Lock _lock = new();
    private Transport.Transport? _transport;

    public ClientOperator(WiresOptions options)
    {
        _settings = new ClusterSettings(options);
        _coordinator = _settings.CreateCoordinator();
        _cluster = options.Cluster.Name;
        _place = options.RedisConnection is null ? "the coordinator" : "that Redis";
    }

    /// <summary>Looks once whether there is such a cluster.</summary>
    public Task ConnectAsync(CancellationToken cancellation) => MembersAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_transport is { } transport)
        {
            await transport.DisposeAsync().ConfigureAwait(false);
        }

        await _coordinator.DisposeAsync().ConfigureAwait(false);
    }

    protected override async Task<IReadOnlyList<Member>> MembersAsync(CancellationToken cancellation)
    {
        CoordinatorState state;
        try
        {
            state = await _coordinator.ReadAsync(cancellation).ConfigureAwait(false);
        }
        catch (CoordinatorUnavailableException e)
        {
            throw new WireOperatorException(e.Message, e);
        }

        if (state.View is not { } bytes || (_settings.Secret ?? state.Secret) is not { } secret)
        {
            throw new WireOperatorException($"There is no cluster '{_cluster}' in {_place}: is it the right one, and has the cluster another name?");
        }

        lock (_lock)
        {
            if (_transport is null)
            {
                var name = $"client {Environment.MachineName}-{Environment.ProcessId}";
                _transport = new Transport.Transport(NodeIdentity.Client(name), _settings.ToTransportOptions(secret, listener: null, sendUntil: null), new ClientHandler(), NullLogger.Instance);
                _transport.Watch();
            }
        }

        try
        {
            return View.Decode(bytes).Members;
        }
        catch (InvalidDataException e)
        {
            throw new WireOperatorException($"What the cluster '{_cluster}' has stored cannot be read: {e.Message}.", e);
        }
    }

    protected override async Task<byte[]> AskAsync(Member member, byte kind, byte[] question, TimeSpan timeout, CancellationToken cancellation)
    {
        Task<ClientPeer> connecting = _peers.GetOrAdd(member.Incarnation, static (_, state) => state.Self.ConnectAsync(state.Member), (Self: this, Member: member));
        try
        {
            ClientPeer peer = await connecting.WaitAsync(cancellation).ConfigureAwait(false);
            return await peer.AskAsync(kind, question, timeout, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WireException or TransportException)
        {
            // The next question tries anew.
            _peers.TryRemove(new KeyValuePair<long, Task<ClientPeer>>(member.Incarnation, connecting));
            throw;
        }
    }

    protected override IEnumerable<Member> Guides(IReadOnlyList<Member> members) => members.OrderBy(static member => member.IsLeaving);

    private async Task<ClientPeer> ConnectAsync(Member member)
    {
        if (!IPEndPoint.TryParse(member.Address, out IPEndPoint? address))
        {
            throw new WireUnreachableException($"'{member.Address}' of node {member.Name} is no address of a node: an IP address and a port are needed, as 10.0.0.7:11000.");
        }

        try
        {
            return new ClientPeer(await _transport!.ConnectAsync(address, member.Incarnation, CancellationToken.None).ConfigureAwait(false));
        }
        catch (TransportException e) when (e.Fault == TransportFault.WrongSecret)
        {
            throw new WireUnreachableException($"Node {member.Name} at {member.Address} has another secret: give the one that the cluster's nodes were given (WiresOptions.Cluster.Secret), or none if they were given none.", e);
        }
        catch (TransportException e)
        {
            throw new WireUnreachableException($"Node {member.Name} at {member.Address} cannot be reached: {e.Message}", e);
        }
    }
}
