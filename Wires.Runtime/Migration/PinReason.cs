namespace Wires;

/// <summary>Why a wire cannot move to another node now.</summary>
/// <param name="Kind">The kind of reason.</param>
/// <param name="Text">What keeps it and what to do about it, for people.</param>
public readonly record struct PinReason(PinKind Kind, string Text)
{
    /// <summary>Nothing keeps it.</summary>
    public static PinReason None => new(PinKind.None, "nothing keeps it: it can move");

    /// <summary>It stands for a wire at that wire's home.</summary>
    internal static PinReason Deputy => new(PinKind.Deputy, "it serves a [Home] interface for a wire, at the node that is that wire's home");

    /// <inheritdoc/>
    public override string ToString() => Text;
}
