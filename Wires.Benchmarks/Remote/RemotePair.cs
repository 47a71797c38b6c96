using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Wires.Remoting;

namespace Wires.Benchmarks.Remote;

/// <summary>Two processes on loopback that form a cluster over a Redis of their own: this one, which calls, and another one, which has the wires.</summary>
internal sealed class RemotePair : IAsyncDisposable
{
    /// <summary>The node of the other process.</summary>
    public const string Server = "server";

    /// <summary>The node of this process.</summary>
    public const string Client = "client";

    private static Task<RemotePair>? s_shared;

    private readonly Process _redis;
    private readonly Process _server;
    private readonly ServiceProvider _services;

    private RemotePair(Process redis, Process server, ServiceProvider services, int rawPort)
    {
        _redis = redis;
        _server = server;
        _services = services;
        RawPort = rawPort;
    }

    public IWires Wires => _services.GetRequiredService<IWires>();

    /// <summary>Where the other process answers raw frames.</summary>
    public int RawPort { get; }

    public static Task<RemotePair> SharedAsync() => s_shared ??= StartAsync();

    public static async Task StopSharedAsync()
    {
        if (s_shared is { } pair)
        {
            s_shared = null;
            await (await pair).DisposeAsync();
        }
    }

    /// <summary>The other process: hosts wires and answers raw frames until its input ends.</summary>
    public static async Task ServeAsync(string redis)
    {
        using RawEcho raw = RawEcho.Start();
        await using ServiceProvider services = Services(redis, Server, 1_000_000);
        await services.GetRequiredService<WireNode>().JoinAsync(CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"READY {raw.Port}"));
        await Console.In.ReadToEndAsync();
    }

    /// <summary>Refs to wires that live in the other process.</summary>
    public EchoRef[] Echoes(int count)
    {
        ClusterNode cluster = _services.GetRequiredService<WireNode>().Cluster!;
        return [.. Enumerable.Range(0, int.MaxValue)
            .Select(i => Wires.Get<EchoRef>(i))
            .Where(echo => cluster.Locate(((IWireRef<EchoRef>)echo).Handle!, out _) == Whereabouts.Elsewhere)
            .Take(count)];
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _server.StandardInput.Close();
        if (!_server.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            _server.Kill();
        }

        _redis.Kill();
        _redis.Dispose();
        _server.Dispose();
    }

    private static async Task<RemotePair> StartAsync()
    {
        int port = FreePort();
        var redis = Process.Start(new ProcessStartInfo("redis-server", string.Create(CultureInfo.InvariantCulture, $"--port {port} --bind 127.0.0.1 --save \"\" --appendonly no")) { RedirectStandardOutput = true })!;
        redis.OutputDataReceived += static (_, _) => { };
        redis.BeginOutputReadLine();
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        await WaitForAsync(port);
        var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, $"--serve {address}") { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        string ready = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server process has ended.");
        int rawPort = int.Parse(ready.Split(' ')[1], CultureInfo.InvariantCulture);
        ServiceProvider services = Services(address, Client, 0.001);
        WireNode node = services.GetRequiredService<WireNode>();
        await node.JoinAsync(CancellationToken.None);
        return new RemotePair(redis, server, services, rawPort);
    }

    private static ServiceProvider Services(string redis, string name, double speed) => new ServiceCollection().AddWires(options =>
    {
        options.UseRedis(redis);
        options.NodeName = name;
        options.Cluster.Speed = speed;
        options.Cluster.FoundAtOnce = true;

        // The wires of a workload stay where it puts them.
        options.Balancing.Enabled = false;
    }).BuildServiceProvider();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task WaitForAsync(int port)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (i < 200)
            {
                await Task.Delay(25);
            }
        }
    }
}
