using System.Security.Cryptography;

namespace Wires.Transport;

/// <summary>Who speaks at an end of a connection.</summary>
/// <param name="Incarnation">Random, drawn at each start of a node: a node that comes back is another one.</param>
/// <param name="Name">What people call the node.</param>
/// <param name="Build">A fingerprint of what the node runs, given by the upper layer.</param>
internal readonly record struct NodeIdentity(long Incarnation, string Name, Guid Build)
{
    /// <summary>Whether it is no node, and will be none: an operator's tool. Nodes' incarnations are positive. Part of the hello, and so of the proof.</summary>
    public bool IsClient => Incarnation < 0;

    /// <summary>A client, other than all others.</summary>
    public static NodeIdentity Client(string name) => new(-(1 + (BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & (long.MaxValue >> 1))), name, default);

    public override string ToString() => $"{Name} ({Incarnation:x16})";
}
