using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;

namespace Wires.Tests.Transport;

/// <summary>The same over TLS, with the server's certificate or both.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _server = Certificate("server");
    private readonly X509Certificate2 _client = Certificate("client");
    private readonly X509Certificate2 _other = Certificate("other");

    [Fact]
    public async Task FramesGoUnderTheServersCertificate()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", new TransportOptions { Secret = TestEnd.Secret, PeerTimeout = Waits.Patience, ServerCertificate = _server }, Recorder.Echo);
        await using TestEnd client = await TestEnd.StartAsync("client", new TransportOptions { Secret = TestEnd.Secret, PeerTimeout = Waits.Patience, ValidateCertificate = Only(_server) });
        Connection connection = await client.ConnectAsync(server);
        Assert.True(await client.IsServedBy(connection, 1));
        byte[] large = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(large);
        large[0] = 0x10;
        connection.Send(large);
        await Waits.Until(() => client.Recorder.Frames.Count == 2);
        Assert.True(client.Recorder.Frames.Last().AsSpan().SequenceEqual(large));
        connection.Close("done");
        Assert.Null(await client.Recorder.ReasonOf(connection).Within());
        await Waits.Until(() => server.Log.Of("Lost").Any(static entry => entry.Message.Contains("done", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task FramesGoUnderBothCertificates()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", Mutual(_server), Recorder.Echo);
        await using TestEnd client = await TestEnd.StartAsync("client", Mutual(_client));
        Assert.True(await client.IsServedBy(await client.ConnectAsync(server), 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AClientWithoutTheRightCertificateIsRefused(bool hasOne)
    {
        await using TestEnd server = await TestEnd.StartAsync("server", Mutual(_server));
        await using TestEnd client = await TestEnd.StartAsync("client", new TransportOptions { Secret = TestEnd.Secret, ClientCertificate = hasOne ? _other : null, ValidateCertificate = Only(_server) });
        var e = await Assert.ThrowsAsync<TransportException>(() => client.ConnectAsync(server));
        Assert.Contains("certificate", e.Message, StringComparison.Ordinal);
        await Waits.Until(() => server.Log.Of("RefusedOne").Count == 1);
        Assert.Contains("TLS failed", server.Log.Of("RefusedOne")[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerWithAnotherCertificateIsRefused()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", new TransportOptions { Secret = TestEnd.Secret, ServerCertificate = _other });
        await using TestEnd client = await TestEnd.StartAsync("client", new TransportOptions { Secret = TestEnd.Secret, ValidateCertificate = Only(_server) });
        var e = await Assert.ThrowsAsync<TransportException>(() => client.ConnectAsync(server));
        Assert.Equal(TransportFault.CertificateRefused, e.Fault);
    }

    [Fact]
    public async Task OneEndWithTlsAndOneWithoutSaySo()
    {
        await using TestEnd plain = await TestEnd.StartAsync("plain");
        await using TestEnd secure = await TestEnd.StartAsync("secure", new TransportOptions { Secret = TestEnd.Secret, ServerCertificate = _server, ValidateCertificate = Only(_server) });
        await Assert.ThrowsAsync<TransportException>(() => secure.ConnectAsync(plain));
        await Waits.Until(() => plain.Log.Of("RefusedOne").Count == 1);
        Assert.Contains("uses TLS, which this node does not", plain.Log.Of("RefusedOne")[0].Message, StringComparison.Ordinal);
        var e = await Assert.ThrowsAsync<TransportException>(() => plain.ConnectAsync(secure));
        Assert.Contains("TLS", e.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
        _other.Dispose();
    }

    private TransportOptions Mutual(X509Certificate2 own) => new()
    {
        Secret = TestEnd.Secret,
        PeerTimeout = Waits.Patience,
        ServerCertificate = own,
        ClientCertificate = own,
        RequireClientCertificate = true,
        ValidateCertificate = (_, certificate, _, _) => certificate is not null && (certificate.GetCertHashString() == _server.Thumbprint || certificate.GetCertHashString() == _client.Thumbprint),
    };

    private static RemoteCertificateValidationCallback Only(X509Certificate2 right) => (_, certificate, _, _) => certificate?.GetCertHashString() == right.Thumbprint;

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));

        // Through a file's format: some systems cannot use a key that was only ever in memory.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
