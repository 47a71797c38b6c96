namespace Wires;

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
