namespace Wires;

/// <summary>A member of a cluster, as it describes itself.</summary>
public sealed record NodeReport
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where other nodes reach it; empty for a node without a cluster.</summary>
    public required string Address { get; init; }

    /// <summary>Its speed as it was set: its share of the cluster's slots.</summary>
    public required double Speed { get; init; }

    /// <summary>What code it runs: differs with every build.</summary>
    public required Guid Build { get; init; }

    /// <summary>Why it could not be asked: then all that follows is unknown. Null if it has answered.</summary>
    public string? Problem { get; init; }

    /// <summary>The processors that its process may use.</summary>
    public int Cores { get; init; }

    /// <summary>How many of the cluster's slots it is home of.</summary>
    public int Slots { get; init; }

    /// <summary>How many wires live on it.</summary>
    public int Wires { get; init; }

    /// <summary>How many of them have their home elsewhere.</summary>
    public int Guests { get; init; }

    /// <summary>The share of its processors that its process has used lately, from 0 to 1. Nodes in one process have one figure.</summary>
    public double Load { get; init; }

    /// <summary>The memory that its process uses, in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>The memory that its process may use, in bytes.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>For how long it has run.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>The version of the protocol that it speaks.</summary>
    public int Protocol { get; init; }

    /// <summary>What it has been told.</summary>
    public NodeMarks Marks { get; init; }
}
