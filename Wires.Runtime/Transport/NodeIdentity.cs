namespace Wires.Transport;

/// <summary>Who speaks at an end of a connection.</summary>
/// <param name="Incarnation">Random, drawn at each start of a node: a node that comes back is another one.</param>
/// <param name="Name">What people call the node.</param>
/// <param name="Build">A fingerprint of what the node runs, given by the upper layer.</param>
internal readonly record struct NodeIdentity(long Incarnation, string Name, Guid Build)
{
    public override string ToString() => $"{Name} ({Incarnation:x16})";
}
