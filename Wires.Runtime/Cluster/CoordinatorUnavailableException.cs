namespace Wires.Cluster;

/// <summary>The coordinator does not answer. Whether it has done what it was asked is not known.</summary>
internal sealed class CoordinatorUnavailableException : WireException
{
    /// <inheritdoc/>
    public CoordinatorUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
