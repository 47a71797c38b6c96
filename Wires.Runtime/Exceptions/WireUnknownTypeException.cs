namespace Wires;

/// <summary>A message names a wire type that this process does not know.</summary>
public sealed class WireUnknownTypeException : WireException
{
    /// <inheritdoc/>
    public WireUnknownTypeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal static WireUnknownTypeException Create(string name) => new(
        $"No wire type '{name}' is registered in this process. Reference the assembly that has it and touch one of its types; "
        + "a closed generic wire is registered where a compilation names its ref, for example CacheRef<int>.");
}
