namespace Wires;

/// <summary>What a node has been told about the wires that come and go.</summary>
[Flags]
public enum NodeMarks
{
    /// <summary>Nothing: wires come and go by load.</summary>
    None = 0,

    /// <summary>No guests come.</summary>
    Blocked = 1,

    /// <summary>Its wires do not leave by load.</summary>
    Staying = 2,

    /// <summary>All its wires leave, then the node does.</summary>
    Draining = 4,
}
