using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Wires.Serialization;

public ref partial struct WireWriter
{
    // Up to here the worst case (3 bytes per char) is reserved at once; beyond, counting first is cheaper than the room.
    private const int ShortText = 256;

    /// <summary>
    /// Writes a string as UTF-8 (or as UTF-16, by option). Text with unpaired surrogates is no UTF-8, so it is written as UTF-16, which every
    /// reader of the format understands.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteNullCollectionHeader();
        }
        else if (value.Length == 0)
        {
            WriteCollectionHeader(0);
        }
        else
        {
            WriteText(value);
        }
    }

    private void WriteText(string value)
    {
        if ((_options & WireWriterOptions.Utf16Strings) != WireWriterOptions.None || !TryWriteUtf8(value))
        {
            WriteUtf16(value);
        }
    }

    // ~byte count, char count, bytes. The complement tells it from the UTF-16 form, whose count is not negative.
    private bool TryWriteUtf8(string value)
    {
        var room = value.Length <= ShortText ? value.Length * 3 : Encoding.UTF8.GetByteCount(value);
        if (room > Array.MaxLength - 8)
        {
            throw new WireSerializationException("A string of more than 2 GiB cannot be written.");
        }

        ref var at = ref Reserve(room + 8);
        if (Utf8.FromUtf16(value, MemoryMarshal.CreateSpan(ref Unsafe.Add(ref at, 8), room), out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            GiveBack(room + 8);
            return false;
        }

        Unsafe.WriteUnaligned(ref at, ~written);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 4), value.Length);
        GiveBack(room - written);
        return true;
    }

    private void WriteUtf16(string value) => WriteRawSpan<char>(value);
}
