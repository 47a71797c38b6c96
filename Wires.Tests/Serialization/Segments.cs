using System.Buffers;

namespace Wires.Tests.Serialization;

/// <summary>Bytes in pieces, as they come from a pipe.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    public static ReadOnlySequence<byte> Of(byte[] bytes, int size)
    {
        var first = new Segments(default, 0);
        var last = first;
        for (var start = 0; start < bytes.Length; start += size)
        {
            var next = new Segments(bytes.AsMemory(start, Math.Min(size, bytes.Length - start)), start);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
