namespace Wires;

/// <summary>Implemented by a wire class that wants to know when one of its wires comes to life on a node.</summary>
public interface IAttached
{
    /// <summary>Runs as the first turn after construction and after the state, if any, has been restored. Calls wait until it has completed;
    /// if it throws, they fail with <see cref="WireActivationException"/>.</summary>
    WireTask OnAttached(AttachReason reason);
}
