using System.Security.Cryptography;

namespace Wires.Transport;

/// <summary>Before any frame, both ends show who they are, and prove that they know the cluster's secret.</summary>
/// <remarks>
/// <code>
/// connector  hello                →
///            ←                hello  acceptor
///            proof (32 bytes)     →
///            ←        status, proof
/// </code>
/// A proof is the HMAC-SHA256, by the secret, of the prover's role, both hellos as they came, and the channel's binding. The role keeps a proof from being sent back to its maker; both
/// nonces, from being used again; the binding, from being passed on between two TLS channels. The acceptor speaks second and proves last, so strangers learn nothing that they could guess secrets from.
/// </remarks>
internal static class Handshake
{
    private const int ProofBytes = 32;

    private static ReadOnlySpan<byte> Connector => "C"u8;

    private static ReadOnlySpan<byte> Acceptor => "A"u8;

    /// <summary>The connector's part.</summary>
    public static async Task<HandshakeResult> ConnectAsync(ByteChannel channel, NodeIdentity self, TransportOptions options)
    {
        Hello own = Hello.Create(self, options);
        await SendAsync(channel, own.Bytes, options).ConfigureAwait(false);
        Hello peer = await ReceiveHelloAsync(channel, options).ConfigureAwait(false);
        await SendAsync(channel, Prove(Connector, own, peer, channel, options), options).ConfigureAwait(false);
        byte[] verdict = new byte[1];
        await ReceiveAsync(channel, verdict).ConfigureAwait(false);
        switch ((HandshakeStatus)verdict[0])
        {
            case HandshakeStatus.Welcome:
                break;
            case HandshakeStatus.WrongSecret:
                throw new TransportException(TransportFault.WrongSecret, $"Node {peer.Identity} at {channel.RemoteAddress} has another cluster secret: give all nodes of the cluster the same one.");
            case HandshakeStatus.TooManyConnections:
                throw new TransportException(TransportFault.TooManyConnections, $"Node {peer.Identity} at {channel.RemoteAddress} has as many connections as it allows: raise {nameof(TransportOptions.MaxConnections)} there.");
            default:
                throw new TransportException(TransportFault.Unreachable, $"Node {peer.Identity} at {channel.RemoteAddress} refuses connections now: it stops, or is cut off.");
        }

        byte[] proof = new byte[ProofBytes];
        await ReceiveAsync(channel, proof).ConfigureAwait(false);
        if (!CryptographicOperations.FixedTimeEquals(proof, Prove(Acceptor, own, peer, channel, options)))
        {
            throw new TransportException(TransportFault.WrongSecret, $"What answers at {channel.RemoteAddress} does not know the cluster's secret: it is no node of this cluster.");
        }

        return new HandshakeResult(peer.Identity, peer.MaxFrameBytes);
    }

    /// <summary>The acceptor's part; <paramref name="admit"/> says whether there is room for a proven peer.</summary>
    public static async Task<HandshakeResult> AcceptAsync(ByteChannel channel, NodeIdentity self, TransportOptions options, Func<NodeIdentity, HandshakeStatus> admit)
    {
        Hello peer;
        try
        {
            peer = await ReceiveHelloAsync(channel, options).ConfigureAwait(false);
        }
        catch (TransportException exception) when (exception.Fault == TransportFault.OtherVersion)
        {
            await SendAsync(channel, Hello.VersionOnly(options.ProtocolVersion), options).ConfigureAwait(false);
            throw;
        }

        Hello own = Hello.Create(self, options);
        await SendAsync(channel, own.Bytes, options).ConfigureAwait(false);
        byte[] proof = new byte[ProofBytes];
        await ReceiveAsync(channel, proof).ConfigureAwait(false);
        if (!CryptographicOperations.FixedTimeEquals(proof, Prove(Connector, peer, own, channel, options)))
        {
            await SendAsync(channel, new[] { (byte)HandshakeStatus.WrongSecret }, options).ConfigureAwait(false);
            throw new TransportException(TransportFault.WrongSecret, $"{peer.Identity} does not know the cluster's secret: give all nodes of the cluster the same one.");
        }

        HandshakeStatus status = admit(peer.Identity);
        if (status != HandshakeStatus.Welcome)
        {
            await SendAsync(channel, new[] { (byte)status }, options).ConfigureAwait(false);
            throw status == HandshakeStatus.TooManyConnections
                ? new TransportException(TransportFault.TooManyConnections, $"{peer.Identity} would be one more than {nameof(TransportOptions.MaxConnections)} ({options.MaxConnections}) allows.")
                : new TransportException(TransportFault.Unreachable, $"{peer.Identity} comes while this node stops, or is cut off from it.");
        }

        await SendAsync(channel, (byte[])[(byte)HandshakeStatus.Welcome, .. Prove(Acceptor, peer, own, channel, options)], options).ConfigureAwait(false);
        return new HandshakeResult(peer.Identity, peer.MaxFrameBytes);
    }

    private static byte[] Prove(ReadOnlySpan<byte> role, Hello connector, Hello acceptor, ByteChannel channel, TransportOptions options)
    {
        // Hellos carry their lengths, so no two sets of parts give the same text.
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, options.Secret);
        hash.AppendData(role);
        hash.AppendData(connector.Bytes);
        hash.AppendData(acceptor.Bytes);
        hash.AppendData(channel.Binding.Span);
        return hash.GetHashAndReset();
    }

    private static async Task<Hello> ReceiveHelloAsync(ByteChannel channel, TransportOptions options)
    {
        byte[] header = new byte[Hello.HeaderBytes];
        await ReceiveAsync(channel, header).ConfigureAwait(false);
        if (!Hello.TryReadHeader(header, out int version, out int length))
        {
            throw new TransportException(TransportFault.Malformed, $"What speaks at {channel.RemoteAddress} is no node of Wires{(header[0] == 0x16 && !options.UsesTls ? ", or one that uses TLS, which this node does not" : "")}.");
        }

        if (version != options.ProtocolVersion)
        {
            throw new TransportException(TransportFault.OtherVersion, $"The node at {channel.RemoteAddress} speaks version {version} of the protocol, this one version {options.ProtocolVersion}: run the same release of Wires on both.");
        }

        if (!Hello.IsLength(length))
        {
            throw new TransportException(TransportFault.Malformed, $"What speaks at {channel.RemoteAddress} sends a malformed hello.");
        }

        byte[] bytes = new byte[Hello.HeaderBytes + length];
        header.CopyTo(bytes, 0);
        await ReceiveAsync(channel, bytes.AsMemory(Hello.HeaderBytes)).ConfigureAwait(false);
        return Hello.TryRead(bytes) ?? throw new TransportException(TransportFault.Malformed, $"What speaks at {channel.RemoteAddress} sends a malformed hello.");
    }

    private static async Task SendAsync(ByteChannel channel, ReadOnlyMemory<byte> bytes, TransportOptions options)
    {
        while (bytes.Length > 0)
        {
            if (options.IsFenced)
            {
                throw new TransportException(TransportFault.Fenced, "This node's lease has ended, so it sends nothing more.");
            }

            bytes = bytes[await channel.SendAsync(bytes).ConfigureAwait(false)..];
        }
    }

    /// <remarks>Not a byte more than asked for is read: what follows are frames.</remarks>
    private static async Task ReceiveAsync(ByteChannel channel, Memory<byte> room)
    {
        while (room.Length > 0)
        {
            int count = await channel.ReceiveAsync(room).ConfigureAwait(false);
            if (count == 0)
            {
                throw new TransportException(TransportFault.Unreachable, $"{channel.RemoteAddress} has closed the connection within the handshake: do both ends use TLS, or neither, and does it accept this node's certificate?");
            }

            room = room[count..];
        }
    }
}
