namespace Wires.Cluster.InMemory;

/// <summary>What lies between a node of a <see cref="LocalCluster"/> and the rest, and can be cut.</summary>
internal sealed class LocalLink(LocalCluster cluster)
{
    private volatile bool _isFrozen;
    private volatile bool _isCoordinatorAway;

    public LocalNode? Node { get; set; }

    public bool IsFrozen
    {
        get => _isFrozen;
        set => _isFrozen = value;
    }

    public bool IsCoordinatorAway
    {
        get => _isCoordinatorAway || _isFrozen;
        set => _isCoordinatorAway = value;
    }

    /// <summary>Whether the node cannot exchange anything with an incarnation of another one.</summary>
    public bool IsBlocked(long incarnation) => _isFrozen || (Node is { } node && cluster.AreCut(node, incarnation));
}
