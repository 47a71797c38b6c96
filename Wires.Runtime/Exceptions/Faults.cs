using System.Runtime.ExceptionServices;
using Wires.Directories;
using Wires.Infrastructure;

namespace Wires;

/// <summary>Makes the exceptions that callers get.</summary>
internal static class Faults
{
    private const int MaxInnerDepth = 16;

    /// <summary>The failure of a method as its caller gets it: a new object with the stack of the wire's side.</summary>
    public static Exception Capture(Exception exception, Ask call) => Capture(exception, call.Handle!, call.CalledMethod);

    /// <inheritdoc cref="Capture(Exception, Ask)"/>
    public static Exception Capture(Exception exception, WireHandle handle, WireMethod method)
    {
        Exception rebuilt = Rebuild(exception, 0);
        string stack = exception.StackTrace is { Length: > 0 } text ? text + Environment.NewLine : "";
        ExceptionDispatchInfo.SetRemoteStackTrace(rebuilt, $"{stack}--- End of stack trace of wire {handle.Id}, method {method.Signature}, on node {handle.Node.Name} ---{Environment.NewLine}");
        return rebuilt;
    }

    public static WireOverloadedException Overloaded(WireHandle handle, WireMethod method) => new(
        $"The mailbox of wire {handle.Id} is full ({handle.Node.CapacityOf(handle.Type)} calls wait), so {method.Signature} was refused and will not run. "
        + "Call it less often, make its methods faster, spread the work over more wires, or raise MailboxCapacity.")
    {
        IsRefused = true,
    };

    public static WireOverloadedException Overloaded(WireHandle handle, WireMethod method, TimeSpan waited) => new(
        $"The mailbox of wire {handle.Id} stayed full ({handle.Node.CapacityOf(handle.Type)} calls wait) for {waited.TotalSeconds:0.###} s, so one-way {method.Signature} was not queued and will not run.")
    {
        IsRefused = true,
    };

    /// <summary>What tells the caller of a call that waited, and never will run, why. Each caller gets an object of its own.</summary>
    public static Exception Refusal(Exception reason)
    {
        Exception refusal = Rebuild(reason, 0);
        if (refusal is WireException own)
        {
            own.IsRefused = true;
        }

        return refusal;
    }

    public static WireTimeoutException TimedOut(Ask call, string targetState)
    {
        WireHandle handle = call.Handle!;
        string waiter = call.Caller is { } caller ? $"Wire {caller.Id}" : "A caller outside wires";
        long timeout = handle.EffectiveTimeout;
        return new WireTimeoutException(
            $"{waiter} waited for {call.CalledMethod.Signature} of wire {handle.Id} past its deadline ({(timeout > 0 ? $"{timeout / 1000.0:0.###} s" : "its caller's")}): {targetState}. "
            + $"It may have run, or still run. Other deadlines: {(handle.Type.IsDeputy ? "[Home" : "ref.WithTimeout(...), [Wire")}(CallTimeout = ...)], WiresOptions.CallTimeout.");
    }

    /// <summary>What asking another node may come to: it cannot be reached, does not answer, or this one has ended.</summary>
    public static bool IsOfAnotherNode(Exception e) => e is WireException or Transport.TransportException or OperationCanceledException;

    /// <summary>The home of a wire is no member of the cluster, so nobody serves the wire's <see cref="HomeAttribute"/> interface.</summary>
    public static WireUnreachableException HomeGone(WireHandle deputy, WireMethod method) => new(
        $"Wire {DeputyKey.WireOf(deputy.Key)} called {method.Signature} of [Home] interface {deputy.Type.Name}, and its home, node {DeputyKey.HomeOf(deputy.Key)}, is no member of the cluster any more, or is about to leave it: "
        + $"the call has not run. {WaysOut}")
    {
        IsRefused = true,
    };

    private const string WaysOut = "Start a node of that name again, or let the wire call Wire.Settle(), which makes the node that it lives on its home.";

    /// <summary>A call was under way on a connection that is gone.</summary>
    public static WireUnreachableException ConnectionLost(Ask call, string node, string reason) => call.Handle!.Type.IsDeputy ? HomeLost(call, call.Handle, reason) : new(
        $"The connection to node {node} was lost while {call.CalledMethod.Signature} of wire {call.Handle!.Id} was under way: {reason} The call may have run. "
        + "Repeat it if that does no harm; calls that must run exactly once need a durable wire.");

    private static WireUnreachableException HomeLost(Ask call, WireHandle deputy, string reason) => new(
        $"The connection to node {DeputyKey.HomeOf(deputy.Key)}, the home of wire {DeputyKey.WireOf(deputy.Key)}, was lost while {call.CalledMethod.Signature} of [Home] interface {deputy.Type.Name} was under way: {reason} "
        + $"The call may have run; repeat it if that does no harm. If that node is gone for good: {WaysOut}");

    /// <summary>What can be said of a wire from another thread.</summary>
    public static string DescribeState(WireHandle handle)
    {
        // Not by what the ref remembers: calls that had to wait for the way to a wire may have found it here by another handle.
        if (handle.Node.Directory.Find(handle.Plain) is not { IsClosed: false } activation)
        {
            return handle.Node.Cluster is null ? "it is not active" : handle.Route().Describe();
        }

        string running = activation.RunningMethod is { } method ? $"running {method.Signature}" : activation.IsAtRest ? "idle" : "busy, or suspended in a call";
        return $"it is {running}, with {activation.Depth} messages waiting";
    }

    private static Exception Rebuild(Exception exception, int depth)
    {
        if (exception is OperationCanceledException canceled)
        {
            return new OperationCanceledException(canceled.Message, canceled.CancellationToken);
        }

        Exception? inner = exception.InnerException is { } cause && depth < MaxInnerDepth ? Rebuild(cause, depth + 1) : null;
        if (exception is AggregateException aggregate)
        {
            return depth < MaxInnerDepth
                ? new AggregateException(WithoutInner(aggregate), aggregate.InnerExceptions.Select(e => Rebuild(e, depth + 1)))
                : new AggregateException(aggregate.Message);
        }

        string type = exception.GetType().FullName ?? exception.GetType().Name;
        return ExceptionFactories.TryRebuild(exception, inner) ?? new WireCallException($"{type}: {exception.Message}", type, inner);
    }

    // AggregateException.Message appends the messages of the inner ones.
    internal static string WithoutInner(AggregateException exception)
    {
        string message = exception.Message;
        int end = message.IndexOf(" (", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
