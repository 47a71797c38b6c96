using System.Globalization;

namespace Wires.Balancing;

/// <summary>One wire that was decided to move, with all numbers that the decision was made on.</summary>
public sealed record BalancingDecision
{
    /// <summary>Which wire.</summary>
    public required WireId Wire { get; init; }

    /// <summary>The name of the node that it was on.</summary>
    public required string From { get; init; }

    /// <summary>The name of the node that it goes to.</summary>
    public required string To { get; init; }

    /// <summary>The number of that node.</summary>
    public required long Target { get; init; }

    /// <summary>Why.</summary>
    public required BalancingReason Reason { get; init; }

    /// <summary>When, on the node's balancing clock.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>The load that the node decided by, wires decided on before already taken off. 1 is all its processors.</summary>
    public double LocalLoad { get; init; }

    /// <summary>The load that the target exports, wires promised before included.</summary>
    public double RemoteLoad { get; init; }

    /// <summary>The wire's load at the target.</summary>
    public double WireLoad { get; init; }

    /// <summary>The mean load of the cluster, as far as known.</summary>
    public double MeanLoad { get; init; }

    /// <summary>How old the news of the target were.</summary>
    public TimeSpan NewsAge { get; init; }

    /// <summary>Bytes that would be moved, estimated.</summary>
    public long Bytes { get; init; }

    /// <summary>What the move was expected to cost, in seconds.</summary>
    public double Cost { get; init; }

    /// <summary>What it was expected to win within <see cref="BalancingOptions.Payback"/>, in seconds of processor time or of waiting.</summary>
    public double Gain { get; init; }

    /// <summary>Messages per second that become local, less those that become remote.</summary>
    public double MessagesSaved { get; init; }

    /// <summary>How many wires could have gone in its place.</summary>
    public int WiresConsidered { get; init; }

    /// <summary>How many nodes could have been the target.</summary>
    public int NodesConsidered { get; init; }

    /// <summary>The decision in one line.</summary>
    public override string ToString()
    {
        string why = Reason switch
        {
            BalancingReason.Load => "local load is above what the target would have",
            BalancingReason.Affinity => "its company is there",
            BalancingReason.Memory => "memory is short here",
            BalancingReason.Drain => "the node is being drained",
            _ => "it is new",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Wire}: {From} -> {To} ({Reason}: {why}); local {LocalLoad:0.000}, remote {RemoteLoad:0.000} ({NewsAge.TotalSeconds:0.0} s old), wire {WireLoad:0.0000}, mean {MeanLoad:0.000}, gain {Gain * 1000:0.###} ms against cost {Cost * 1000:0.###} ms for {Bytes} bytes, {MessagesSaved:+0.#;-0.#;0} messages/s saved, out of {WiresConsidered} wires and {NodesConsidered} nodes");
    }
}
