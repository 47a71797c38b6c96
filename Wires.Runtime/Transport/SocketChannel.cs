using System.Diagnostics;
using System.Net.Sockets;

namespace Wires.Transport;

/// <summary>A bare socket, by calls that do not block. Where there is nothing to read, one of the <see cref="ReaderThreads"/> waits in the operating system.</summary>
/// <remarks>The base library's asynchronous operations are used where there is no such thread only: from the first one on, each arrival wakes its own threads, whoever reads.</remarks>
internal sealed class SocketChannel : ByteChannel
{
    private const int FirstPauseMilliseconds = 1;
    private const int LongestPauseMilliseconds = 16;

    /// <summary>So long a look for what follows costs less than to sleep and to be woken.</summary>
    private static readonly long s_mostSpin = Environment.ProcessorCount > 1 ? Stopwatch.Frequency * 20 / 1_000_000 : 0;

    /// <summary>How long a look was worth while, lately.</summary>
    private long _spin = s_mostSpin;
    private bool _isShared;
    private bool _isAsync;

    public SocketChannel(Socket socket)
        : base(socket) => socket.Blocking = false;

    /// <summary>A thread may be spent on it: the peer has proven who it is.</summary>
    public override void Proven() => _isShared = true;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (TryReceive(buffer, out int count))
        {
            return new ValueTask<int>(count);
        }

        if (!_isShared)
        {
            return ReceiveUnprovenAsync(buffer);
        }

        return ReaderThreads.IsCurrent ? new ValueTask<int>(ReceiveHere(buffer)) : ReceiveElsewhereAsync(buffer);
    }

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        int count = Socket.Send(bytes.Span, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => new ValueTask<int>(count),
            SocketError.WouldBlock => SendLaterAsync(bytes),
            _ => throw new SocketException((int)error),
        };
    }

    private bool TryReceive(Memory<byte> buffer, out int count)
    {
        count = Socket.Receive(buffer.Span, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => true,
            SocketError.WouldBlock => false,
            _ => throw new SocketException((int)error),
        };
    }

    private int ReceiveHere(Memory<byte> buffer)
    {
        int count;
        long began = Stopwatch.GetTimestamp();
        long spin = _spin;
        while (Stopwatch.GetTimestamp() - began < spin)
        {
            Thread.Yield();
            if (TryReceive(buffer, out count))
            {
                _spin = s_mostSpin;
                return count;
            }
        }

        do
        {
            Socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead);
        }
        while (!TryReceive(buffer, out count));

        // Where it comes soon after, the next look may be longer; where it takes its time, shorter.
        _spin = Stopwatch.GetTimestamp() - began < 3 * s_mostSpin ? s_mostSpin : spin / 2;
        return count;
    }

    private ValueTask<int> ReceiveElsewhereAsync(Memory<byte> buffer)
    {
        if (!_isAsync)
        {
            var received = new TaskCompletionSource<int>();
            if (TryRun(received, () => ReceiveHere(buffer)))
            {
                // What follows runs on that thread.
                return new ValueTask<int>(received.Task);
            }

            _isAsync = true;
        }

        return Socket.ReceiveAsync(buffer, SocketFlags.None);
    }

    /// <summary>Strangers get no thread, and are looked at now and then.</summary>
    private async ValueTask<int> ReceiveUnprovenAsync(Memory<byte> buffer)
    {
        int pause = FirstPauseMilliseconds;
        int count;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System).ConfigureAwait(false);
            pause = Math.Min(2 * pause, LongestPauseMilliseconds);
        }
        while (!TryReceive(buffer, out count));
        return count;
    }

    private ValueTask<int> SendLaterAsync(ReadOnlyMemory<byte> bytes)
    {
        var sent = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_isAsync && TryRun(sent, () => SendHere(bytes)))
        {
            return new ValueTask<int>(sent.Task);
        }

        return Socket.SendAsync(bytes, SocketFlags.None);
    }

    private int SendHere(ReadOnlyMemory<byte> bytes)
    {
        SocketError error;
        int count;
        do
        {
            Socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectWrite);
            count = Socket.Send(bytes.Span, SocketFlags.None, out error);
        }
        while (error == SocketError.WouldBlock);
        return error == SocketError.Success ? count : throw new SocketException((int)error);
    }

    /// <summary>Waits on one of the <see cref="ReaderThreads"/>, if there is one.</summary>
    private static bool TryRun(TaskCompletionSource<int> done, Func<int> wait) => ReaderThreads.TryRun(() =>
    {
        int count;
        try
        {
            count = wait();
        }
        catch (Exception exception)
        {
            done.TrySetException(exception);
            return;
        }

        done.TrySetResult(count);
    });
}
