using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Wires.Transport;

/// <summary>How a node listens, connects and defends itself.</summary>
internal sealed class TransportOptions
{
    public const int LeastSecretBytes = 16;

    public EndPoint Listen { get; init; } = new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>A socket that is bound already and not listening yet, in place of <see cref="Listen"/>: for a node whose address has to be known before its secret.</summary>
    public Socket? Listener { get; init; }

    /// <summary>What all nodes of a cluster share; whoever does not know it is not let in.</summary>
    public byte[] Secret { get; init; } = [];

    public int MaxFrameBytes { get; init; } = 64 * 1024 * 1024;

    public int MaxConnections { get; init; } = 1024;

    /// <summary>How many incoming connections may be within their handshake. One more drops the oldest: honest ones take a millisecond.</summary>
    public int MaxPendingHandshakes { get; init; } = 64;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An end that has sent, or heard, nothing for so long sends a ping.</summary>
    public TimeSpan PingPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A peer that is not heard, or that takes nothing of what waits for it, for so long is dead.</summary>
    public TimeSpan PeerTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a closing connection may take to send what is queued.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When more than this waits to be sent, senders are told, and nothing more is read from that peer.</summary>
    public int HighWaterBytes { get; init; } = 8 * 1024 * 1024;

    public int LowWaterBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>With a server certificate the node listens by TLS; with this or any other of the TLS options it connects by TLS.</summary>
    public X509Certificate2? ServerCertificate { get; init; }

    public X509Certificate2? ClientCertificate { get; init; }

    public bool RequireClientCertificate { get; init; }

    /// <summary>Judges the other end's certificate; without it, the system's trust decides.</summary>
    public RemoteCertificateValidationCallback? ValidateCertificate { get; init; }

    /// <summary>The name that servers' certificates must carry; without it, the host connected to.</summary>
    public string? TlsTargetHost { get; init; }

    /// <summary>The <see cref="Environment.TickCount64"/> up to which this node may speak: past it nothing is sent. Asked before each send to a socket.</summary>
    public Func<long>? SendUntil { get; init; }

    /// <summary>Cuts this node off from the peer of an incarnation, as if packets were lost. For tests.</summary>
    public Func<long, bool>? IsBlocked { get; init; }

    public int ProtocolVersion { get; init; } = 1;

    public bool UsesTls => ServerCertificate is not null || ClientCertificate is not null || TlsTargetHost is not null || ValidateCertificate is not null;

    public bool IsFenced => SendUntil is { } until && Environment.TickCount64 > until();

    public static void Validate(TransportOptions options)
    {
        if (options.Secret.Length < LeastSecretBytes)
        {
            throw new ArgumentException($"The cluster's secret has {options.Secret.Length} bytes; it needs {LeastSecretBytes} at the least.", nameof(options));
        }

        if (options.MaxFrameBytes is < 1024 or > 1024 * 1024 * 1024)
        {
            throw new ArgumentException($"{nameof(MaxFrameBytes)} is {options.MaxFrameBytes}; it must be between 1 KiB and 1 GiB.", nameof(options));
        }

        if (options.LowWaterBytes < 0 || options.LowWaterBytes > options.HighWaterBytes)
        {
            throw new ArgumentException($"{nameof(LowWaterBytes)} ({options.LowWaterBytes}) must be between 0 and {nameof(HighWaterBytes)} ({options.HighWaterBytes}).", nameof(options));
        }

        if (options.ProtocolVersion is < 1 or > ushort.MaxValue)
        {
            throw new ArgumentException($"{nameof(ProtocolVersion)} is {options.ProtocolVersion}; it must fit in 16 bits.", nameof(options));
        }

        if (options.PingPeriod <= TimeSpan.Zero || options.PeerTimeout <= options.PingPeriod)
        {
            throw new ArgumentException($"{nameof(PeerTimeout)} ({options.PeerTimeout}) must be longer than {nameof(PingPeriod)} ({options.PingPeriod}), and that longer than nothing.", nameof(options));
        }
    }
}
