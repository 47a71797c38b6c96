using System.Buffers.Binary;
using System.IO.Compression;
using RayTracer.Imaging;
using Xunit;

namespace Wires.Tests.Samples;

/// <summary>What is written as PNG reads back as the same pixels.</summary>
public sealed class RayTracerPngTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(64, 33)]
    public void APictureReadsBackAsTheSamePixels(int width, int height)
    {
        var random = new Random(width);
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            // Slopes, edges and noise, so that each filter is the best somewhere.
            int x = i / 3 % width, y = i / 3 / width;
            pixels[i] = (byte)(y % 5 switch { 0 => random.Next(256), 1 => x * 4, 2 => y * 7, 3 => (x + y) * 3, _ => 200 });
        }

        using var file = new MemoryStream();
        PngWriter.Write(file, width, height, pixels);
        (int readWidth, int readHeight, byte[] readPixels) = Decode(file.ToArray());
        Assert.Equal((width, height), (readWidth, readHeight));
        Assert.Equal(pixels, readPixels);
    }

    [Fact]
    public void PixelsThatAreTooFewAreRefused()
    {
        using var file = new MemoryStream();
        Assert.Throws<ArgumentOutOfRangeException>(() => PngWriter.Write(file, 2, 2, new byte[11]));
    }

    private static (int Width, int Height, byte[] Pixels) Decode(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new Dictionary<string, byte[]>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            chunks.Add(System.Text.Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            at += length + 12;
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Keys);
        byte[] header = chunks["IHDR"];
        Assert.Equal([8, 2, 0, 0, 0], header[8..]);
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        return (width, height, Unfilter(raw.ToArray(), width * 3, height));
    }

    private static byte[] Unfilter(byte[] raw, int stride, int height)
    {
        Assert.Equal((stride + 1) * height, raw.Length);
        byte[] pixels = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < stride; i++)
            {
                int a = i < 3 ? 0 : pixels[(y * stride) + i - 3];
                int b = y == 0 ? 0 : pixels[((y - 1) * stride) + i];
                int c = i < 3 || y == 0 ? 0 : pixels[((y - 1) * stride) + i - 3];
                int p = a + b - c;
                int paeth = Math.Abs(p - a) <= Math.Abs(p - b) && Math.Abs(p - a) <= Math.Abs(p - c) ? a : Math.Abs(p - b) <= Math.Abs(p - c) ? b : c;
                int predicted = raw[y * (stride + 1)] switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, 4 => paeth, _ => throw new InvalidDataException() };
                pixels[(y * stride) + i] = (byte)(raw[(y * (stride + 1)) + 1 + i] + predicted);
            }
        }

        return pixels;
    }

    // Bit by bit, as the specification defines it.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return ~crc;
    }
}
