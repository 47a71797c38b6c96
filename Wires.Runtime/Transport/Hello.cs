using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Wires.Transport;

/// <summary>How an end introduces itself.</summary>
/// <remarks>
/// <c>"WIRE"</c>, version (16 bits), length of the rest (16 bits); then incarnation (64), build (128), largest frame (32), nonce (256), name (UTF-8). Numbers are
/// little-endian. The first eight bytes are the same in all versions: an end of another version answers with those alone, and length 0.
/// </remarks>
internal sealed record Hello(NodeIdentity Identity, int MaxFrameBytes, byte[] Bytes)
{
    public const int HeaderBytes = 8;
    public const int LargestName = 255;

    private const int NameOffset = HeaderBytes + sizeof(long) + 16 + sizeof(int) + NonceBytes;
    private const int NonceOffset = NameOffset - NonceBytes;
    private const int NonceBytes = 32;

    private static ReadOnlySpan<byte> Magic => "WIRE"u8;

    public static Hello Create(NodeIdentity self, TransportOptions options)
    {
        int nameLength = Encoding.UTF8.GetByteCount(self.Name);
        if (nameLength > LargestName)
        {
            throw new ArgumentException($"The node's name has {nameLength} bytes in UTF-8; {LargestName} is the most.", nameof(self));
        }

        byte[] bytes = new byte[NameOffset + nameLength];
        WriteHeader(bytes, options.ProtocolVersion, bytes.Length - HeaderBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(HeaderBytes), self.Incarnation);
        self.Build.TryWriteBytes(bytes.AsSpan(HeaderBytes + sizeof(long)));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(NonceOffset - sizeof(int)), options.MaxFrameBytes);
        RandomNumberGenerator.Fill(bytes.AsSpan(NonceOffset, NonceBytes));
        Encoding.UTF8.GetBytes(self.Name, bytes.AsSpan(NameOffset));
        return new Hello(self, options.MaxFrameBytes, bytes);
    }

    /// <summary>What is said to another version.</summary>
    public static byte[] VersionOnly(int version)
    {
        byte[] bytes = new byte[HeaderBytes];
        WriteHeader(bytes, version, 0);
        return bytes;
    }

    /// <summary>Reads the eight bytes that all versions share.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out int version, out int length)
    {
        version = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        length = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        return header[..4].SequenceEqual(Magic) && version > 0;
    }

    /// <summary>Whether a hello of this version may be so long, after its header.</summary>
    public static bool IsLength(int length) => length is >= NameOffset - HeaderBytes and <= NameOffset - HeaderBytes + LargestName;

    public static Hello? TryRead(byte[] bytes)
    {
        int maxFrameBytes = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(NonceOffset - sizeof(int)));
        if (maxFrameBytes < 1)
        {
            return null;
        }

        var identity = new NodeIdentity(
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(HeaderBytes)),
            PrintableOf(Encoding.UTF8.GetString(bytes.AsSpan(NameOffset))),
            new Guid(bytes.AsSpan(HeaderBytes + sizeof(long), 16)));
        return new Hello(identity, maxFrameBytes, bytes);
    }

    // The name of an unproven stranger gets into the log: it must not look like lines of it.
    private static string PrintableOf(string name) =>
        name.Any(char.IsControl) ? string.Concat(name.Select(static symbol => char.IsControl(symbol) ? '?' : symbol)) : name;

    private static void WriteHeader(Span<byte> bytes, int version, int length)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], (ushort)version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], (ushort)length);
    }
}
