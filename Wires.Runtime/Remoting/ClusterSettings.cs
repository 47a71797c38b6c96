using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Wires.Cluster;
using Wires.Cluster.Redis;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>The settings of a node in a cluster, as its parts take them.</summary>
internal sealed class ClusterSettings(WiresOptions options)
{
    private readonly WiresClusterOptions _options = options.Cluster;

    /// <summary>Whether the node is a member of a cluster at all.</summary>
    public static bool IsClustered(WiresOptions options) => options.RedisConnection is not null || options.Coordinator is not null;

    /// <summary>The secret as it was set; null if it is the cluster's own.</summary>
    public byte[]? Secret => _options.Secret is { } secret ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;

    public string? Advertise => _options.Advertise;

    public ICoordinator CreateCoordinator() => options.Coordinator?.Invoke()
        ?? new RedisCoordinator(new RedisCoordinatorOptions(options.RedisConnection!, _options.Name) { Timeout = _options.CoordinatorTimeout });

    /// <summary>Takes the port that other nodes will reach this one at.</summary>
    /// <exception cref="WireException">It is in use, or not this machine's.</exception>
    public Socket Bind(IPAddress? localAddress)
    {
        IPEndPoint wanted = _options.Listen is { } listen ? IPEndPoint.Parse(listen) : new IPEndPoint(localAddress ?? IPAddress.Loopback, 0);
        var socket = new Socket(wanted.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(wanted);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new WireException($"The node cannot listen at {wanted}: {e.Message}. Set WiresOptions.Cluster.Listen to an address of this machine and a free port, or to port 0.", e);
        }
    }

    public TransportOptions ToTransportOptions(byte[] secret, Socket? listener, Func<long>? sendUntil) => new()
    {
        Listener = listener,
        Secret = secret,
        MaxFrameBytes = _options.MaxFrameBytes,
        MaxConnections = _options.MaxConnections,
        ServerCertificate = _options.ServerCertificate,
        ClientCertificate = _options.ClientCertificate,
        RequireClientCertificate = _options.RequireClientCertificate,
        ValidateCertificate = _options.ValidateCertificate,
        TlsTargetHost = _options.TlsTargetHost,
        SendUntil = sendUntil,
        IsBlocked = options.IsBlocked,
    };

    public MemberOptions ToMemberOptions(string name, string address, Guid build) => new()
    {
        Name = name,
        Address = address,
        Secret = Secret,
        Margin = _options.LeaseLength / 10,
        WatchPeriod = _options.RenewPeriod / 3,
        CoordinatorTimeout = _options.CoordinatorTimeout,
        Build = build,
        Speed = _options.SetSpeed ?? options.Processors ?? _options.Speed,
        LeaseLength = _options.LeaseLength,
        RenewPeriod = _options.RenewPeriod,
        MaxCoordinatorOutage = _options.MaxCoordinatorOutage,
        FoundAtOnce = _options.FoundAtOnce,
    };
}
