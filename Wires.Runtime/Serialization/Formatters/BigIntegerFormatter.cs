using System.Numerics;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="BigInteger"/> as its bytes, the least significant first, in two's complement.</summary>
/// <remarks>
/// MemoryPack 1.21 reads this, but for numbers of up to 255 bytes it writes the unused end of its buffer in their place, so they read back
/// as zero. Losing every number is no format to keep: <see cref="WireWriterOptions.MemoryPackBigInteger"/> is there to prove the equality.
/// </remarks>
public sealed class BigIntegerFormatter : WireFormatter<BigInteger>
{
    private const int MemoryPackBuffer = 255;

    // 2^31 bits is where the type itself ends.
    private const int MaxSize = int.MaxValue / 8;

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override int MinimumSize => 4;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly BigInteger value)
    {
        var size = value.GetByteCount();
        if ((writer.Options & WireWriterOptions.MemoryPackBigInteger) != WireWriterOptions.None && size <= MemoryPackBuffer)
        {
            Span<byte> zeros = stackalloc byte[MemoryPackBuffer];
            zeros.Clear();
            writer.WriteUnmanagedSpan<byte>(zeros[size..]);
            return;
        }

        Span<byte> bytes = size <= MemoryPackBuffer ? stackalloc byte[MemoryPackBuffer] : new byte[size];
        _ = value.TryWriteBytes(bytes, out var written);
        writer.WriteUnmanagedSpan<byte>(bytes[..written]);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref BigInteger value)
    {
        if (!reader.TryReadCollectionHeader(out var count))
        {
            value = default;
            return;
        }

        if (count > MaxSize)
        {
            WireSerializationException.ThrowLength(typeof(BigInteger), count, reader.Consumed);
        }

        value = new BigInteger(reader.TakeSpan(count));
    }

    /// <inheritdoc/>
    public override BigInteger Copy(BigInteger value, ref CopyContext context) => value;
}
