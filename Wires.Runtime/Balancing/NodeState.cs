namespace Wires.Balancing;

/// <summary>Whether a node takes wires.</summary>
public enum NodeState
{
    /// <summary>It takes and sends wires.</summary>
    Open = 0,

    /// <summary>It takes none: an operator has blocked it. Its own may leave.</summary>
    Blocked = 1,

    /// <summary>It sends all away, and leaves.</summary>
    Draining = 2,
}
