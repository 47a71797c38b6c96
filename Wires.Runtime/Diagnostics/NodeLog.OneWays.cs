namespace Wires.Diagnostics;

// One-way calls that fail. A node that is cut off loses all that wait at once: one line tells of them, not one each.
internal sealed partial class NodeLog
{
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private long _lost;
    private string _reason = "";

    public void OneWayFailed(WireId wire, string method, Exception exception)
    {
        if (exception is WireNodeStoppedException)
        {
            Gather(exception.Message);
        }
        else
        {
            LogOneWayFailed(wire, method, exception);
        }
    }

    public void RemoteOneWayRefused(string node, Exception reason)
    {
        if (reason is WireNodeStoppedException)
        {
            Gather(reason.Message);
        }
        else
        {
            LogRemoteOneWayRefused(node, reason);
        }
    }

    /// <summary>Tells now what was lost since the last time.</summary>
    public void Flush()
    {
        long count;
        string reason;
        lock (_lock)
        {
            (count, reason, _lost) = (_lost, _reason, 0);
        }

        if (count > 0)
        {
            OneWaysLost(count, reason);
        }
    }

    private void Gather(string reason)
    {
        lock (_lock)
        {
            _reason = reason;
            if (_lost++ > 0)
            {
                return;
            }
        }

        _ = FlushLaterAsync();

        async Task FlushLaterAsync()
        {
            await Task.Delay(s_gathering, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            Flush();
        }
    }
}
