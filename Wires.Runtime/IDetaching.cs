namespace Wires;

/// <summary>Implemented by a wire class that wants to know when one of its wires is about to leave its node.</summary>
public interface IDetaching
{
    /// <summary>Runs as the last turn. A failure is logged and does not keep the wire.</summary>
    WireTask OnDetaching(DetachReason reason);
}
