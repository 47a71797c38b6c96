using Microsoft.Extensions.Logging;

namespace Wires.Diagnostics;

/// <summary>All that a node logs.</summary>
internal sealed partial class NodeLog(ILogger logger)
{
    public ILogger Logger => logger;

    [LoggerMessage(1, LogLevel.Information, "Node {Node} has started")]
    public partial void Started(string node);

    [LoggerMessage(2, LogLevel.Information, "Node {Node} stops: it finishes the calls that it has accepted")]
    public partial void Stopping(string node);

    [LoggerMessage(3, LogLevel.Information, "Node {Node} has stopped")]
    public partial void Stopped(string node);

    [LoggerMessage(4, LogLevel.Warning, "Node {Node} stops without waiting for {Count} wires that are still busy, among them {Wires}")]
    public partial void StoppedBusy(string node, int count, string wires);

    [LoggerMessage(5, LogLevel.Error, "Wire {Wire} could not be brought to life")]
    public partial void AttachFailed(WireId wire, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "Wire {Wire} failed while it was leaving")]
    public partial void DetachingFailed(WireId wire, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "One-way {Method} of wire {Wire} failed; nobody waits for it", EventName = nameof(OneWayFailed))]
    private partial void LogOneWayFailed(WireId wire, string method, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "Tick {Method} of wire {Wire} failed; the next one comes all the same")]
    public partial void TickFailed(WireId wire, string method, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "A continuation in wire {Wire} failed; nobody waits for it (async void, or SynchronizationContext.Post)")]
    public partial void ContinuationFailed(WireId wire, Exception exception);

    [LoggerMessage(10, LogLevel.Debug, "A continuation came for wire {Wire} after it had left; dropped")]
    public partial void ContinuationDropped(WireId wire);

    [LoggerMessage(11, LogLevel.Warning, "{Method} of wire {Wire} has held its thread for more than {Limit} ms (greedy turn {Offence} of this wire): await something, Wire.Yield() at the least, in long loops, and never block")]
    public partial void GreedyTurn(WireId wire, string method, double limit, int offence);

    [LoggerMessage(12, LogLevel.Warning, "Wire {Wire} runs on a thread apart from now on, for its greedy turns")]
    public partial void MovedToLane(WireId wire);

    [LoggerMessage(14, LogLevel.Error, "Node {Node} cannot join its cluster: {Reason}")]
    public partial void JoinFailed(string node, string reason);

    [LoggerMessage(15, LogLevel.Critical, "Node {Node} was cut off from its cluster, so its wires here have ended: {Reason}. It joins again as a new member")]
    public partial void CutOff(string node, string reason);

    [LoggerMessage(16, LogLevel.Information, "Node {Node} is a member of its cluster again")]
    public partial void Rejoined(string node);

    [LoggerMessage(17, LogLevel.Warning, "Node {Node} could not hand over what it is home of before it left; others take it when its lease ends: {Reason}")]
    public partial void LeaveFailed(string node, string reason);

    [LoggerMessage(18, LogLevel.Error, "The connection of node {Node} at {Address} is closed: {Reason}")]
    public partial void BadFrame(string node, string address, string reason);

    [LoggerMessage(19, LogLevel.Error, "A one-way call of node {Node} will not run; nobody waits for it", EventName = nameof(RemoteOneWayRefused))]
    private partial void LogRemoteOneWayRefused(string node, Exception reason);

    [LoggerMessage(20, LogLevel.Information, "Node {Node} joins its cluster; others reach it at {Address}")]
    public partial void Joining(string node, string address);

    [LoggerMessage(21, LogLevel.Debug, "Wire {Wire} has come from another node")]
    public partial void WireArrived(WireId wire);

    [LoggerMessage(22, LogLevel.Information, "Node {Node} lets its wires go on at other nodes: {Moved} moved, {Left} stay until their methods have ended")]
    public partial void Emptied(string node, int moved, int left);

    [LoggerMessage(23, LogLevel.Debug, "Balancing: {Decision}")]
    public partial void Decided(Wires.Balancing.BalancingDecision decision);

    [LoggerMessage(24, LogLevel.Information, "Node {Node} has decided to move {Count} wires by load, the first of them {Decision}")]
    public partial void DecidedMany(string node, int count, Wires.Balancing.BalancingDecision decision);

    [LoggerMessage(25, LogLevel.Debug, "Wire {Wire} has not moved: {Reason}")]
    public partial void NotMoved(WireId wire, PinReason reason);

    [LoggerMessage(26, LogLevel.Error, "The balancing policy of node {Node} failed; nothing moves by this decision")]
    public partial void PolicyFailed(string node, Exception exception);

    [LoggerMessage(27, LogLevel.Error, "A round of balancing failed on node {Node}; the next one comes all the same")]
    public partial void RoundFailed(string node, Exception exception);

    [LoggerMessage(28, LogLevel.Error, "The application failed on being told a decision of balancing (OnDecision)")]
    public partial void ListenerFailed(Exception exception);

    [LoggerMessage(29, LogLevel.Error, "{Count} one-way calls will not run; nobody waits for them: {Reason}")]
    private partial void OneWaysLost(long count, string reason);

    [LoggerMessage(30, LogLevel.Information, "An operator tells node {Node}: {Mark} is {IsSet} from now on")]
    public partial void Marked(string node, NodeMarks mark, bool isSet);

    [LoggerMessage(31, LogLevel.Error, "Node {Node} could not send its wires away ({Operation})")]
    public partial void EmptyingFailed(string node, string operation, Exception exception);
}
