namespace Wires;

/// <summary>Why a wire was attached.</summary>
public enum AttachReason
{
    /// <summary>It did not exist before.</summary>
    Created,

    /// <summary>It was deactivated and its stored state has been restored.</summary>
    Restored,

    /// <summary>It came from another node with its state.</summary>
    Moved,

    /// <summary>Its former node was lost with its state; it starts anew.</summary>
    Lost,
}
