using System.Runtime.InteropServices;

namespace Wires.Serialization.Formatters;

/// <summary>A part of an array in a migration image: the whole array, which others may refer to, where the part starts, and its length.</summary>
internal static class ArrayWindow<T>
{
    private static readonly ArrayFormatter<T> s_array = new();

    /// <summary>Where the memory lies; memory that is in no array is copied.</summary>
    public static ArraySegment<T> Of(ReadOnlyMemory<T> value) =>
        value.Equals(default) ? default : MemoryMarshal.TryGetArray(value, out var part) ? part : new ArraySegment<T>(value.ToArray());

    public static void Write(ref WireWriter writer, ArraySegment<T> value)
    {
        writer.WriteValue(s_array, value.Array);
        writer.WriteVarInt(value.Offset);
        writer.WriteVarInt(value.Count);
    }

    public static ArraySegment<T> Read(ref WireReader reader)
    {
        T[]? array = null;
        reader.ReadValue(s_array, ref array);
        var offset = reader.ReadVarIntInt32();
        var count = reader.ReadVarIntInt32();
        var length = array is null ? 0 : array.Length;
        if ((uint)offset > (uint)length || (uint)count > (uint)(length - offset))
        {
            WireSerializationException.ThrowInvalid<ArraySegment<T>>("The part of an array is not within it", in reader);
        }

        return array is null ? default : new ArraySegment<T>(array, offset, count);
    }
}
