using System.Runtime.CompilerServices;

namespace Wires.Serialization;

public ref partial struct WireWriter
{
    /// <summary>Writes an integer in 1 to 9 bytes.</summary>
    public void WriteVarInt(int value) => WriteVarInt((long)value);

    /// <inheritdoc cref="WriteVarInt(int)"/>
    public void WriteVarInt(uint value) => WriteVarInt((ulong)value);

    /// <inheritdoc cref="WriteVarInt(int)"/>
    public void WriteVarInt(long value)
    {
        if (value is >= MemoryPackCode.VarMin and <= MemoryPackCode.VarMax)
        {
            Reserve(1) = (byte)value;
        }
        else if (value is >= sbyte.MinValue and < 0)
        {
            WriteCoded(MemoryPackCode.VarSByte, (sbyte)value);
        }
        else if (value is >= short.MinValue and <= short.MaxValue)
        {
            WriteCoded(MemoryPackCode.VarInt16, (short)value);
        }
        else if (value is >= int.MinValue and <= int.MaxValue)
        {
            WriteCoded(MemoryPackCode.VarInt32, (int)value);
        }
        else
        {
            WriteCoded(MemoryPackCode.VarInt64, value);
        }
    }

    /// <inheritdoc cref="WriteVarInt(int)"/>
    public void WriteVarInt(ulong value)
    {
        if (value <= (ulong)MemoryPackCode.VarMax)
        {
            Reserve(1) = (byte)value;
        }
        else if (value <= ushort.MaxValue)
        {
            WriteCoded(MemoryPackCode.VarUInt16, (ushort)value);
        }
        else if (value <= uint.MaxValue)
        {
            WriteCoded(MemoryPackCode.VarUInt32, (uint)value);
        }
        else
        {
            WriteCoded(MemoryPackCode.VarUInt64, value);
        }
    }

    /// <summary>
    /// Starts the members of a version-tolerant object, whose lengths come before them: write each to the result, note its
    /// <see cref="BytesWritten"/> after each, and end with <see cref="EndMembers(ref WireWriter, ReadOnlySpan{int})"/>.
    /// </summary>
    public readonly WireWriter BeginMembers() => new(WireBuffer.Rent(), _options, _image) { _depth = _depth, _references = _references };

    /// <summary>Writes the header of a version-tolerant object, the lengths of its members, and the members.</summary>
    /// <param name="members">What <see cref="BeginMembers"/> gave.</param>
    /// <param name="ends"><see cref="BytesWritten"/> of <paramref name="members"/> after each member; at most 249 of them.</param>
    public void EndMembers(scoped ref WireWriter members, scoped ReadOnlySpan<int> ends) => EndMembers(ref members, ends, id: null);

    /// <summary>The same for a circular object.</summary>
    /// <param name="members">What <see cref="BeginMembers"/> gave.</param>
    /// <param name="ends"><see cref="BytesWritten"/> of <paramref name="members"/> after each member; at most 249 of them.</param>
    /// <param name="id">What <see cref="TryWriteReference"/> gave.</param>
    public void EndMembers(scoped ref WireWriter members, scoped ReadOnlySpan<int> ends, uint id) => EndMembers(ref members, ends, (uint?)id);

    /// <summary>Writes the id of an object that was written before. False: it is a new one; write it under <paramref name="id"/>.</summary>
    public bool TryWriteReference(object value, out uint id)
    {
        _references ??= new WireReferences();
        if (!_references.TryAdd(value, out id))
        {
            Reserve(1) = MemoryPackCode.ReferenceId;
            WriteVarInt(id);
            return true;
        }

        return false;
    }

    private void EndMembers(scoped ref WireWriter members, scoped ReadOnlySpan<int> ends, uint? id)
    {
        members.Flush();
        _references = members._references;
        WriteObjectHeader(ends.Length > byte.MaxValue ? byte.MaxValue : (byte)ends.Length);
        var start = 0;
        foreach (var end in ends)
        {
            WriteVarInt(end - start);
            start = end;
        }

        if (id is { } number)
        {
            WriteVarInt(number);
        }

        var buffer = (WireBuffer)members._output;
        WriteBytes(buffer.WrittenSpan);
        buffer.Return();
    }

    private void WriteCoded<T>(sbyte code, T value)
        where T : unmanaged
    {
        ref var at = ref Reserve(1 + Unsafe.SizeOf<T>());
        at = (byte)code;
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 1), value);
    }
}
