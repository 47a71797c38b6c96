using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Wires.Serialization;

public ref partial struct WireReader
{
    /// <summary>Reads a string in either form.</summary>
    public string? ReadString()
    {
        var header = Unsafe.ReadUnaligned<int>(ref Take(4));
        return header switch
        {
            MemoryPackCode.NullCollection => null,
            0 => "",
            > 0 => ReadUtf16(header),
            _ => ReadUtf8(~header),
        };
    }

    private string ReadUtf16(int count)
    {
        CheckRoom(count, sizeof(char), typeof(string));
        if (count > Array.MaxLength / sizeof(char))
        {
            WireSerializationException.ThrowLength(typeof(string), count, Consumed);
        }

        return new string(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, char>(ref Take(count * sizeof(char))), count));
    }

    // The header's complement is the count of bytes; the count of chars follows, which a writer may not know (then it is not positive).
    private string ReadUtf8(int size)
    {
        var count = Unsafe.ReadUnaligned<int>(ref Take(4));
        if (size > Remaining)
        {
            WireSerializationException.ThrowTruncated(typeof(string), size, Remaining, Consumed);
        }

        // A char takes at least one byte, and at most three.
        if (count > size || (count > 0 && size > count * 3L))
        {
            WireSerializationException.ThrowInvalid<string>("The length of a string in chars does not go with its length in bytes", in this);
        }

        var bytes = TakeSpan(size);
        if (count <= 0)
        {
            return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : InvalidUtf8(size);
        }

        // .NET 9's string.Create takes a span as its state, so it is decoded in place.
        var failed = false;
        var state = new Decoding(bytes, ref failed);
        var text = string.Create(count, state, static (chars, source) =>
            source.Failed = Utf8.ToUtf16(source.Bytes, chars, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done || written != chars.Length);
        return failed ? InvalidUtf8(size) : text;
    }

    private readonly string InvalidUtf8(int size)
    {
        throw new WireSerializationException("The bytes of a string are not valid UTF-8, or not as many chars as it says", typeof(string), Consumed - size);
    }

    private readonly ref struct Decoding(ReadOnlySpan<byte> bytes, ref bool failed)
    {
        public readonly ReadOnlySpan<byte> Bytes = bytes;
        private readonly ref bool _failed = ref failed;

        public bool Failed
        {
            set => _failed = value;
        }
    }
}
