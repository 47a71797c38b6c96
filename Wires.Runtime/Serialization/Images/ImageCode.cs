namespace Wires.Serialization.Images;

/// <summary>What stands before each object in a migration image: one variable-length integer.</summary>
internal static class ImageCode
{
    /// <summary>The first byte of an image. It grows when the form changes.</summary>
    public const byte Version = 1;

    /// <summary>A null reference.</summary>
    public const byte Null = 0;

    /// <summary>An object that is new; it follows as the formatter of its declared type writes it.</summary>
    public const byte New = 1;

    /// <summary>An object of another type than the declared one: its type, then the object as the formatter of that type writes it.</summary>
    public const byte NewOfType = 2;

    /// <summary>The object with the id 0, which came first; those after it follow. Ids are not written: objects count up as they begin.</summary>
    public const byte FirstReference = 3;
}
