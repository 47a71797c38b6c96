namespace Wires.Generators.Models;

/// <summary>Which call of the writer and reader encodes a value.</summary>
internal enum TypeEncoding
{
    /// <summary>Through the formatter of its type.</summary>
    Formatter,

    /// <summary>A primitive: its bytes.</summary>
    Unmanaged,

    String,
}
