using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wires.Transport;

/// <summary>A socket under TLS.</summary>
internal sealed class TlsChannel : ByteChannel
{
    private readonly SslStream _stream;
    private byte[] _binding = [];

    private TlsChannel(Socket socket)
        : base(socket)
    {
        _stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
    }

    /// <remarks>A man in the middle who has some certificate of his own cannot pass the two proofs on: both ends put the server's certificate, as they see it, under them.</remarks>
    public override ReadOnlyMemory<byte> Binding => _binding;

    public static async Task<TlsChannel> ConnectAsync(Socket socket, TransportOptions options, string host, CancellationToken cancellationToken)
    {
        var channel = new TlsChannel(socket);
        try
        {
            await channel._stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.TlsTargetHost ?? host,
                    RemoteCertificateValidationCallback = options.ValidateCertificate,
                    ClientCertificates = options.ClientCertificate is { } own ? [own] : null,
                    LocalCertificateSelectionCallback = options.ClientCertificate is { } mine ? (_, _, _, _, _) => mine : null,
                },
                cancellationToken).ConfigureAwait(false);
            channel._binding = SHA256.HashData(channel._stream.RemoteCertificate!.GetRawCertData());
            return channel;
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    public static async Task<TlsChannel> AcceptAsync(Socket socket, TransportOptions options, CancellationToken cancellationToken)
    {
        var channel = new TlsChannel(socket);
        try
        {
            await channel._stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = options.ServerCertificate,
                    ClientCertificateRequired = options.RequireClientCertificate,
                    RemoteCertificateValidationCallback = options.RequireClientCertificate ? options.ValidateCertificate : null,
                },
                cancellationToken).ConfigureAwait(false);
            if (options.RequireClientCertificate && channel._stream.RemoteCertificate is null)
            {
                throw new AuthenticationException("The client has sent no certificate.");
            }

            channel._binding = SHA256.HashData(options.ServerCertificate!.RawData);
            return channel;
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _stream.ReadAsync(buffer);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes).ConfigureAwait(false);
        return bytes.Length;
    }

    /// <remarks>The socket first: it ends what is under way, and the stream's own farewell would wait for a peer that does not read.</remarks>
    public override void Dispose()
    {
        base.Dispose();
        _stream.Dispose();
    }
}
