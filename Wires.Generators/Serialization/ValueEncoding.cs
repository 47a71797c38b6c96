namespace Wires.Generators.Serialization;

/// <summary>How the value of a type is written.</summary>
internal enum ValueEncoding
{
    /// <summary>Its bytes as they lie in memory.</summary>
    Unmanaged,

    /// <summary>Its bytes as they lie in memory, of which not all are valid: its formatter reads it.</summary>
    Checked,

    /// <summary>A string.</summary>
    String,

    /// <summary>An unmanaged value or null: a flag, padding and the value as they lie in memory.</summary>
    Nullable,

    /// <summary>An array of unmanaged elements: a length and the bytes as they lie in memory.</summary>
    UnmanagedArray,

    /// <summary>Whatever the registered formatter says.</summary>
    Formatter,

    /// <summary>It cannot travel; <see cref="TypePlan.Reason"/> says why.</summary>
    Unsupported,
}
