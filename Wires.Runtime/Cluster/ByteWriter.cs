using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Wires.Cluster;

/// <summary>Writes what members tell each other.</summary>
internal sealed class ByteWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    /// <summary>Seven bits a byte, lowest first.</summary>
    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    public void Fixed(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    public void Guid(Guid value)
    {
        value.TryWriteBytes(_bytes.GetSpan(16));
        _bytes.Advance(16);
    }

    public void Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        _bytes.Write(value);
    }

    public void Key(WireKey key)
    {
        if (key.TryGetString(out string? text))
        {
            Byte(0);
            Text(text);
        }
        else if (key.TryGetInt64(out long number))
        {
            Byte(1);
            Fixed(number);
        }
        else if (key.TryGetGuid(out Guid guid))
        {
            Byte(2);
            Guid(guid);
        }
    }
}
