namespace Wires.Serialization;

/// <summary>How a <see cref="WireWriter"/> encodes where the format leaves a choice. Readers need no option: they understand all of it.</summary>
[Flags]
public enum WireWriterOptions
{
    /// <summary>Strings as UTF-8, as MemoryPack does by default.</summary>
    None = 0,

    /// <summary>Strings as UTF-16: larger, and as fast as a copy of memory.</summary>
    Utf16Strings = 1,

    /// <summary>
    /// A <see cref="System.Numerics.BigInteger"/> as MemoryPack 1.21 writes it, which keeps the zeros after the number and drops the number
    /// (a slice the wrong way round). For comparing bytes only: such a value reads back as zero, in MemoryPack too.
    /// </summary>
    MemoryPackBigInteger = 2,
}
