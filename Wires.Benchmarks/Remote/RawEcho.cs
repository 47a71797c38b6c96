using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Wires.Benchmarks.Remote;

/// <summary>The limit: length-prefixed frames that come back as they are, by blocking sockets and no semantics.</summary>
internal sealed class RawEcho : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static RawEcho Start()
    {
        var echo = new RawEcho();
        echo._listener.Start();
        _ = echo.AcceptAsync();
        return echo;
    }

    /// <summary>One request at a time; the median of the round trips.</summary>
    public static ValueTask<Sample> SequentialAsync(int port, int calls, int size)
    {
        using Socket socket = Connect(port);
        byte[] frame = new byte[4 + size];
        BinaryPrimitives.WriteInt32LittleEndian(frame, size);
        var times = new long[calls];
        for (int i = 0; i < calls; i++)
        {
            long started = System.Diagnostics.Stopwatch.GetTimestamp();
            socket.Send(frame);
            for (int got = 0; got < frame.Length;)
            {
                got += socket.Receive(frame, got, frame.Length - got, SocketFlags.None);
            }

            times[i] = System.Diagnostics.Stopwatch.GetTimestamp() - started;
        }

        Array.Sort(times);
        return ValueTask.FromResult(new Sample(calls, System.Diagnostics.Stopwatch.GetElapsedTime(0, times[calls / 2]) * calls, 0));
    }

    /// <summary>A window of requests, of which each that has come back makes room for another.</summary>
    public static ValueTask<Sample> WindowAsync(int port, int calls, int window, int size) => Measure.RunAsync(calls, async () =>
    {
        using Socket socket = Connect(port);
        byte[] output = new byte[window * (4 + size)];
        for (int i = 0; i < window; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(output.AsSpan(i * (4 + size)), size);
        }

        byte[] input = new byte[Math.Max(65536, output.Length)];
        await socket.SendAsync(output);
        long left = (long)calls * (4 + size);
        long sent = window;
        int carry = 0;
        while (left > 0)
        {
            int got = await socket.ReceiveAsync(input);
            left -= got;
            carry += got;
            int answered = carry / (4 + size);
            carry -= answered * (4 + size);
            int more = (int)Math.Min(answered, calls - sent);
            sent += more;
            if (more > 0)
            {
                await socket.SendAsync(output.AsMemory(0, more * (4 + size)));
            }
        }
    });

    public void Dispose() => _listener.Dispose();

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            socket.NoDelay = true;
            new Thread(() => Serve(socket)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(Socket socket)
    {
        using (socket)
        {
            byte[] buffer = new byte[256 * 1024];
            try
            {
                for (int got; (got = socket.Receive(buffer)) > 0;)
                {
                    for (int sent = 0; sent < got;)
                    {
                        sent += socket.Send(buffer, sent, got - sent, SocketFlags.None);
                    }
                }
            }
            catch (SocketException)
            {
                // The client has gone.
            }
        }
    }
}
