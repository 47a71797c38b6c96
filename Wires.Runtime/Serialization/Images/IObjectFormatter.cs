namespace Wires.Serialization.Images;

/// <summary>A formatter of a reference type, for callers that know the type only at run time.</summary>
internal interface IObjectFormatter
{
    /// <summary>The type that it was registered for.</summary>
    Type Type { get; }

    /// <inheritdoc cref="WireFormatter{T}.CreatesFirst"/>
    bool CreatesFirst { get; }

    /// <summary>Writes an object, which is of <see cref="Type"/>.</summary>
    void WriteObject(ref WireWriter writer, object value);

    /// <summary>Reads an object.</summary>
    object? ReadObject(ref WireReader reader);
}
