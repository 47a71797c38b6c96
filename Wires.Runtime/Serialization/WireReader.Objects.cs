using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Wires.Serialization;

public ref partial struct WireReader
{
    /// <summary>Reads an integer of 1 to 9 bytes.</summary>
    /// <exception cref="WireSerializationException">It is out of range.</exception>
    public int ReadVarIntInt32()
    {
        // Nearly every length is its own code.
        var code = (sbyte)Take(1);
        if (code >= MemoryPackCode.VarMin)
        {
            return code;
        }

        var value = ReadVarInt(code);
        if (value < int.MinValue || value > int.MaxValue)
        {
            WireSerializationException.ThrowInvalidPattern(typeof(int), Consumed);
        }

        return (int)value;
    }

    /// <inheritdoc cref="ReadVarIntInt32"/>
    public uint ReadVarIntUInt32()
    {
        var value = ReadVarIntInt64();
        if (value is < 0 or > uint.MaxValue)
        {
            WireSerializationException.ThrowInvalidPattern(typeof(uint), Consumed);
        }

        return (uint)value;
    }

    /// <inheritdoc cref="ReadVarIntInt32"/>
    public long ReadVarIntInt64()
    {
        var value = ReadVarInt((sbyte)Take(1));
        if (value < long.MinValue || value > long.MaxValue)
        {
            WireSerializationException.ThrowInvalidPattern(typeof(long), Consumed);
        }

        return (long)value;
    }

    /// <inheritdoc cref="ReadVarIntInt32"/>
    public ulong ReadVarIntUInt64()
    {
        var value = ReadVarInt((sbyte)Take(1));
        if (value < 0)
        {
            WireSerializationException.ThrowInvalidPattern(typeof(ulong), Consumed);
        }

        return (ulong)value;
    }

    /// <summary>Reads the lengths of a version-tolerant object's members, as many as its header says.</summary>
    public void ReadMemberLengths(scoped Span<int> lengths)
    {
        long sum = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            var length = ReadVarIntInt32();
            sum += length;
            if (length < 0 || sum > Remaining)
            {
                WireSerializationException.ThrowInvalid<int>("The length of a member is negative or more than is left", in this);
            }

            lengths[i] = length;
        }
    }

    /// <summary>Checks that a member took as many bytes as was said.</summary>
    /// <param name="start"><see cref="Consumed"/> before the member.</param>
    /// <param name="length">Its length.</param>
    public readonly void CheckMemberEnd(long start, int length)
    {
        if (Consumed - start != length)
        {
            throw new WireSerializationException(
                string.Create(CultureInfo.InvariantCulture, $"A member of {length} bytes was read as {Consumed - start} bytes: it is of another type than it is here"), type: null, start);
        }
    }

    /// <summary>Notes a circular object under its id, before its members are read.</summary>
    public void AddReference(uint id, object value)
    {
        _references ??= new WireReferences();
        if (!_references.TryAdd(id, value))
        {
            WireSerializationException.ThrowInvalid<object>(string.Create(CultureInfo.InvariantCulture, $"The object id {id} is there twice"), in this);
        }
    }

    /// <summary>The object that was noted under an id.</summary>
    /// <exception cref="WireSerializationException">There is none, or it is of another type.</exception>
    public readonly T GetReference<T>(uint id)
        where T : class
    {
        if (_references is null || !_references.TryGet(id, out var value))
        {
            throw new WireSerializationException(string.Create(CultureInfo.InvariantCulture, $"There is no object with id {id}"), typeof(T), Consumed);
        }

        return value as T ?? throw new WireSerializationException(
            string.Create(CultureInfo.InvariantCulture, $"The object with id {id} is a {value.GetType()}"), typeof(T), Consumed);
    }

    [SuppressMessage("Design", "MA0051", Justification = "A table.")]
    private Int128 ReadVarInt(sbyte code) =>
        code switch
        {
            MemoryPackCode.VarByte => ReadUnmanaged<byte>(),
            MemoryPackCode.VarSByte => ReadUnmanaged<sbyte>(),
            MemoryPackCode.VarUInt16 => ReadUnmanaged<ushort>(),
            MemoryPackCode.VarInt16 => ReadUnmanaged<short>(),
            MemoryPackCode.VarUInt32 => ReadUnmanaged<uint>(),
            MemoryPackCode.VarInt32 => ReadUnmanaged<int>(),
            MemoryPackCode.VarUInt64 => ReadUnmanaged<ulong>(),
            MemoryPackCode.VarInt64 => ReadUnmanaged<long>(),
            _ => code,
        };
}
