namespace Wires.Cluster;

/// <summary>The way to the other members.</summary>
internal interface IPeers
{
    /// <summary>Asks a member; the other side is <see cref="ClusterMember.Answer"/>. Throws when it cannot be reached or does not answer in time.</summary>
    Task<byte[]> AskAsync(Member member, PeerQuestion kind, ReadOnlyMemory<byte> question, TimeSpan timeout, CancellationToken cancellation);
}
