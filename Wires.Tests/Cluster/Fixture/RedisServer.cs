using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>A Redis server of its own for a test: on loopback, in a temporary folder, and gone with the test.</summary>
internal sealed partial class RedisServer : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly int s_stop = OperatingSystem.IsMacOS() ? 17 : 19;
    private static readonly int s_continue = OperatingSystem.IsMacOS() ? 19 : 18;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wires-redis-");
    private readonly bool _keepsData;
    private Process? _process;

    private RedisServer(bool keepsData)
    {
        _keepsData = keepsData;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public int Port { get; private set; }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>For a test's own commands: later clients let only an administrator configure or empty a server.</summary>
    public string AdminConnectionString => ConnectionString + ",allowAdmin=true";

    /// <summary>Starts a server. One that keeps its data has every write on disk before it answers.</summary>
    public static async Task<RedisServer> StartAsync(bool keepsData = false)
    {
        var server = new RedisServer(keepsData);
        try
        {
            // Between finding a free port and using it, somebody else may take it.
            for (int attempt = 0; ; attempt++)
            {
                server.Port = FreePort();
                if (await server.TryRunAsync())
                {
                    return server;
                }

                if (attempt == 4)
                {
                    Assert.Fail($"redis-server does not start: {server.Log()}");
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A server at a port that something waits for already.</summary>
    public static async Task<RedisServer> StartAtAsync(int port)
    {
        var server = new RedisServer(keepsData: false) { Port = port };
        Assert.True(await server.TryRunAsync(), server.Log());
        return server;
    }

    /// <summary>Ends it as an operator would.</summary>
    public async Task StopAsync()
    {
        Signal(Terminate);
        await _process!.WaitForExitAsync();
    }

    /// <summary>Ends it as a failure would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Starts it again at the same port, after it was stopped or killed: with its data if it keeps it.</summary>
    public async Task RestartAsync() => Assert.True(await TryRunAsync(), $"redis-server does not start again: {Log()}");

    /// <summary>Lets it take connections and requests, and answer none.</summary>
    public void Pause() => Signal(s_stop);

    /// <summary>Lets it answer again, everything that came meanwhile included.</summary>
    public void Resume() => Signal(s_continue);

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await KillAsync();
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    private void Signal(int signal) => Assert.Equal(0, SendSignal(_process!.Id, signal));

    private void OnProcessExit(object? sender, EventArgs e) => _process?.Kill();

    private string Log()
    {
        string path = Path.Combine(_folder.FullName, "redis.log");
        return File.Exists(path) ? File.ReadAllText(path) : "it has written no log";
    }

    private async Task<bool> TryRunAsync()
    {
        var start = new ProcessStartInfo("redis-server");
        foreach (string argument in (string[])
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder.FullName, "--logfile", "redis.log", "--daemonize", "no",
            "--save", "", "--appendonly", _keepsData ? "yes" : "no", "--appendfsync", "always",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        _process?.Dispose();
        _process = null;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            Assert.Fail($"This test needs redis-server on the PATH ({e.Message}). ./test.sh installs it, as does e.g. `apt-get install redis-server`.");
        }

        long end = Environment.TickCount64 + 20_000;
        while (!_process!.HasExited && Environment.TickCount64 < end)
        {
            if (await Answers())
            {
                return true;
            }

            await Task.Delay(10);
        }

        await KillAsync();
        return false;
    }

    // Also false while it is still loading its data.
    private async Task<bool> Answers()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            byte[] answer = new byte[64];
            int length = await stream.ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(5));
            return answer.AsSpan(0, length).StartsWith("+PONG"u8);
        }
        catch (Exception e) when (e is SocketException or IOException or TimeoutException)
        {
            return false;
        }
    }
}
