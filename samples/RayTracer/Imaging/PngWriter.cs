using System.Buffers.Binary;
using System.IO.Compression;

namespace RayTracer.Imaging;

/// <summary>Writes pictures as PNG (ISO/IEC 15948): 8 bits each of red, green and blue, each row filtered by what seems to compress best.</summary>
public static class PngWriter
{
    private const int Channels = 3;
    private static readonly uint[] s_crc = CrcTable();

    /// <summary>Writes a picture.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="rgb">Three bytes for each pixel, row by row from the top.</param>
    public static void Write(Stream output, int width, int height, ReadOnlySpan<byte> rgb)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, width * height * Channels);

        output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8; // bits per channel
        header[9] = 2; // red, green, blue
        WriteChunk(output, "IHDR"u8, header);
        WriteChunk(output, "IDAT"u8, Compress(width, height, rgb));
        WriteChunk(output, "IEND"u8, []);
    }

    private static byte[] Compress(int width, int height, ReadOnlySpan<byte> rgb)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            int stride = width * Channels;
            byte[] candidate = new byte[stride + 1], best = new byte[stride + 1];
            ReadOnlySpan<byte> above = new byte[stride];
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<byte> row = rgb.Slice(y * stride, stride);
                long least = long.MaxValue;
                for (PngFilter filter = PngFilter.None; filter <= PngFilter.Paeth; filter++)
                {
                    long cost = Filter(filter, row, above, candidate);
                    if (cost < least)
                    {
                        (least, candidate, best) = (cost, best, candidate);
                    }
                }

                zlib.Write(best);
                above = row;
            }
        }

        return compressed.ToArray();
    }

    /// <summary>Filters a row.</summary>
    /// <returns>The sum of the bytes taken as signed: the specification's heuristic for how well it compresses.</returns>
    private static long Filter(PngFilter filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered)
    {
        filtered[0] = (byte)filter;
        long sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            byte left = i < Channels ? (byte)0 : row[i - Channels];
            byte corner = i < Channels ? (byte)0 : above[i - Channels];
            byte predicted = filter switch
            {
                PngFilter.Sub => left,
                PngFilter.Up => above[i],
                PngFilter.Average => (byte)((left + above[i]) / 2),
                PngFilter.Paeth => Paeth(left, above[i], corner),
                _ => 0,
            };
            byte value = unchecked((byte)(row[i] - predicted));
            filtered[i + 1] = value;
            sum += Math.Abs((int)(sbyte)value);
        }

        return sum;
    }

    private static byte Paeth(byte left, byte above, byte corner)
    {
        int estimate = left + above - corner;
        int byLeft = Math.Abs(estimate - left), byAbove = Math.Abs(estimate - above), byCorner = Math.Abs(estimate - corner);
        return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
    }

    private static void WriteChunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        output.Write(word);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, type), data));
        output.Write(word);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc = s_crc[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    // CRC-32 of ISO 3309, least bit first.
    private static uint[] CrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }

    private enum PngFilter : byte
    {
        None,
        Sub,
        Up,
        Average,
        Paeth,
    }
}
