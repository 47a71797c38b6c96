namespace Wires.Cluster;

/// <summary>What lives on this node.</summary>
internal interface IWireHost
{
    /// <summary>All wires of these slots that live here or are prepared here.</summary>
    /// <remarks>
    /// When it is asked, <see cref="ClusterMember.StateOf"/> of these slots says already that they are not this node's. So that none is missed, an activation first enters itself
    /// in what is listed here and then looks at the state of its slot once more.
    /// </remarks>
    IReadOnlyList<HostedWire> WiresIn(SlotSet slots);
}
