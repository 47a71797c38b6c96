namespace Wires.Simulator;

/// <summary>What came of a scenario.</summary>
internal sealed record Result
{
    public required string Scenario { get; init; }

    public required int Nodes { get; init; }

    public required int Wires { get; init; }

    /// <summary>After the last disturbance; null if never, or not for long enough.</summary>
    public required TimeSpan? Balanced { get; init; }

    /// <summary>The worst of the last ten seconds: the most loaded node against the mean.</summary>
    public required double Imbalance { get; init; }

    /// <summary>What no placement gets below.</summary>
    public required double LeastImbalance { get; init; }

    public required long Moves { get; init; }

    public double MovesPerWire => (double)Moves / Wires;

    public required long BytesMoved { get; init; }

    public required long MovesInLastMinute { get; init; }

    /// <summary>The share of messages between nodes; null where none talk.</summary>
    public required double? RemoteBefore { get; init; }

    public required double? RemoteAt60 { get; init; }

    public required double? RemoteAfter { get; init; }

    /// <summary>Of the best static placement known.</summary>
    public required double? RemoteBest { get; init; }

    public required bool IsUnsteady { get; init; }
}
