namespace Wires;

/// <summary>The settings of a node.</summary>
public sealed class WiresOptions
{
    /// <summary>The node's name. Default: the machine's name and the process id.</summary>
    public string? NodeName { get; set; }

    /// <summary>The deadline of a call, from sending it to its answer. <see cref="Timeout.InfiniteTimeSpan"/> for none. Default: 30 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls may wait in a wire's mailbox. Default: 10,000.</summary>
    public int MailboxCapacity { get; set; } = 10_000;

    /// <summary>A turn that runs longer is greedy: it is reported, its thread is compensated for, and repeated offenders run on a lane of their own. Default: 10 ms.</summary>
    public TimeSpan GreedyTurn { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How many threads wires with greedy turns may have for themselves. Default: 4.</summary>
    public int MaxGreedyLanes { get; set; } = 4;

    /// <summary>How long a stopping node waits for calls that it has accepted, if the host's own shutdown time-out does not end sooner. Default: 30 s.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many items a stream's producer may be ahead of its consumer. Default: 64.</summary>
    public int StreamCredit { get; set; } = 64;

    /// <summary>Runs calls on their caller's stack where the wire is idle and the method short. Default: true.</summary>
    public bool InlineCalls { get; set; } = true;
}
