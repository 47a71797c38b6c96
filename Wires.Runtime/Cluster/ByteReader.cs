using System.Buffers.Binary;
using System.Text;

namespace Wires.Cluster;

/// <summary>Reads what members tell each other. Whatever the bytes are, it reads none beyond them, allocates no more than they could hold, and throws nothing but <see cref="InvalidDataException"/>.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Remaining => _rest.Length;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        _ => throw Invalid(),
    };

    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            if (shift == 63 && next > 1)
            {
                throw Invalid();
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Invalid();
    }

    public int Number(int max)
    {
        ulong value = Number();
        return value <= (ulong)max ? (int)value : throw Invalid();
    }

    /// <summary>How many items follow, each of at least so many bytes.</summary>
    public int Count(int leastBytesOfEach, int max = int.MaxValue) => Number(Math.Min(max, _rest.Length / leastBytesOfEach));

    public uint Epoch()
    {
        ulong value = Number();
        return value <= uint.MaxValue ? (uint)value : throw Invalid();
    }

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public Guid Guid() => new(Take(16));

    public string Text()
    {
        try
        {
            return s_utf8.GetString(Bytes());
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException("Not text", exception);
        }
    }

    public ReadOnlySpan<byte> Bytes() => Take(Number(_rest.Length));

    public WireKey Key()
    {
        switch (Byte())
        {
            case 0:
                string text = Text();
                return text.Length > 0 ? new WireKey(text) : throw Invalid();
            case 1:
                return new WireKey(Fixed());
            case 2:
                return new WireKey(Guid());
            default:
                throw Invalid();
        }
    }

    public readonly void End()
    {
        if (_rest.Length > 0)
        {
            throw Invalid();
        }
    }

    public static InvalidDataException Invalid() => new("These bytes are not what a member of this version says");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw Invalid();
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
