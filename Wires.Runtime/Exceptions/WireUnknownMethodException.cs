using Wires.Infrastructure;

namespace Wires;

/// <summary>A message names a method that the wire's class does not have: caller and wire run different versions.</summary>
public sealed class WireUnknownMethodException : WireException
{
    /// <inheritdoc/>
    public WireUnknownMethodException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal static WireUnknownMethodException Create(WireType type, ulong id) => new(
        $"Wire type {type.Name} has no method with id {id:x16} on this node: the caller runs another version of it. "
        + $"It has {string.Join(", ", type.Methods.Select(static method => method.Signature))}. Deploy the same version to both sides.");
}
