using Microsoft.Extensions.Logging;

namespace Wires.Transport;

/// <summary>All that the transport logs.</summary>
internal sealed partial class TransportLog(ILogger logger)
{
    private const int MostPerPeriod = 10;
    private const long PeriodMilliseconds = 10_000;

    private readonly Lock _lock = new();
    private long _periodStart = long.MinValue / 2;
    private int _inPeriod;
    private int _dropped;

    [LoggerMessage(101, LogLevel.Information, "Listening for other nodes at {Address}")]
    public partial void Listening(string address);

    [LoggerMessage(102, LogLevel.Information, "Connected with {Peer}")]
    public partial void Connected(string peer);

    [LoggerMessage(103, LogLevel.Information, "The connection with {Peer} is closed")]
    public partial void Closed(string peer);

    [LoggerMessage(104, LogLevel.Warning, "The connection with {Peer} is lost: {Reason}")]
    public partial void Lost(string peer, string reason);

    [LoggerMessage(105, LogLevel.Error, "The handler of the connection with {Peer} failed; the connection is closed")]
    public partial void HandlerFailed(string peer, Exception exception);

    [LoggerMessage(106, LogLevel.Error, "Connections cannot be accepted at the moment; trying again")]
    public partial void AcceptFailed(Exception exception);

    /// <summary>Strangers can make these at will, so only some of them are written.</summary>
    public void Refused(string address, string reason)
    {
        int dropped;
        long now = Environment.TickCount64;
        lock (_lock)
        {
            if (now - _periodStart >= PeriodMilliseconds)
            {
                _periodStart = now;
                _inPeriod = 0;
            }

            if (++_inPeriod > MostPerPeriod)
            {
                _dropped++;
                return;
            }

            (dropped, _dropped) = (_dropped, 0);
        }

        RefusedOne(address, reason);
        if (dropped > 0)
        {
            RefusedMore(dropped);
        }
    }

    [LoggerMessage(107, LogLevel.Warning, "A connection from {Address} was refused: {Reason}")]
    private partial void RefusedOne(string address, string reason);

    [LoggerMessage(108, LogLevel.Warning, "{Count} more refused connections were not logged")]
    private partial void RefusedMore(int count);
}
