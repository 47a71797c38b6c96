namespace Wires.Cluster;

/// <summary>What a slot is to this node.</summary>
internal enum SlotState : byte
{
    /// <summary>Another node's, or being given to one.</summary>
    Foreign,

    /// <summary>This node's, but it does not know yet which of its wires live elsewhere.</summary>
    Recovering,

    /// <summary>This node's: it may bring the slot's wires to life.</summary>
    Ready,
}
