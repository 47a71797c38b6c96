using System.Net;
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

    public string? Secret => _options.Secret;

    public string? Advertise => _options.Advertise;

    public int HighWaterBytes { get; } = new TransportOptions().HighWaterBytes;

    public ICoordinator CreateCoordinator() => options.Coordinator?.Invoke()
        ?? new RedisCoordinator(new RedisCoordinatorOptions(options.RedisConnection!, _options.Name) { Timeout = _options.CoordinatorTimeout });

    public TransportOptions ToTransportOptions(byte[] secret, IPAddress? localAddress, Func<long> sendUntil) => new()
    {
        Listen = _options.Listen is { } listen ? IPEndPoint.Parse(listen) : new IPEndPoint(localAddress ?? IPAddress.Loopback, 0),
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

    public MemberOptions ToMemberOptions(long incarnation, string name, string address, byte[] secret, Guid build) => new()
    {
        Incarnation = incarnation,
        Name = name,
        Address = address,
        Secret = secret,
        Build = build,
        Speed = _options.Speed,
        LeaseLength = _options.LeaseLength,
        RenewPeriod = _options.RenewPeriod,
        MaxCoordinatorOutage = _options.MaxCoordinatorOutage,
        FoundAtOnce = _options.FoundAtOnce,
    };
}
