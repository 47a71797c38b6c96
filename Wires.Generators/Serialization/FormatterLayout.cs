namespace Wires.Generators.Serialization;

/// <summary>The forms in which MemoryPack writes a user's type.</summary>
internal enum FormatterLayout
{
    /// <summary>The bytes as they lie in memory, of which not all are valid.</summary>
    Checked,

    /// <summary>Member count, then the members.</summary>
    Object,

    /// <summary>Member count, the length of each member, then the members.</summary>
    VersionTolerant,

    /// <summary>As version-tolerant, with an id after the lengths; a second occurrence is the id alone.</summary>
    CircularReference,

    /// <summary>A tag, then the member type of the union.</summary>
    Union,

    /// <summary>Whatever the MemoryPack library of the user's project writes.</summary>
    Bridge,
}
