namespace Wires.Serialization;

/// <summary>The reserved values of MemoryPack's headers.</summary>
internal static class MemoryPackCode
{
    /// <summary>The count of a collection that is null.</summary>
    public const int NullCollection = -1;

    /// <summary>The first byte of an object or union that is null.</summary>
    public const byte NullObject = 255;

    /// <summary>In a union header: the tag is in the next two bytes.</summary>
    public const byte WideTag = 250;

    /// <summary>In the header of a circular object: the id of an object that came before is next.</summary>
    public const byte ReferenceId = 250;

    /// <summary>Codes of variable-length integers: what follows, or else the code is the value itself.</summary>
    public const sbyte VarByte = -121, VarSByte = -122, VarUInt16 = -123, VarInt16 = -124, VarUInt32 = -125, VarInt32 = -126, VarUInt64 = -127, VarInt64 = -128;

    /// <summary>The range of integers that are their own code.</summary>
    public const sbyte VarMin = -120, VarMax = 127;
}
