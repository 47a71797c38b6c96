namespace Wires;

/// <summary>Implemented by a wire class that wants to know when one of its wires comes to life on a node.</summary>
public interface IAttached
{
    /// <summary>Runs as the first turn after construction and after the state, if any, has been restored. Calls wait until it has completed;
    /// if it throws, they fail with <see cref="WireActivationException"/>.</summary>
    WireTask OnAttached(AttachReason reason);
}

/// <summary>Implemented by a wire class that wants to know when one of its wires is about to leave its node.</summary>
public interface IDetaching
{
    /// <summary>Runs as the last turn. A failure is logged and does not keep the wire.</summary>
    WireTask OnDetaching(DetachReason reason);
}

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

/// <summary>Why a wire is being detached.</summary>
public enum DetachReason
{
    /// <summary>It was idle for as long as <see cref="WireAttribute.IdleAfter"/> says.</summary>
    Idle,

    /// <summary>It moves to another node.</summary>
    Moving,

    /// <summary>Its node stops.</summary>
    Stopping,
}
