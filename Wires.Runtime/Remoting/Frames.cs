using System.Buffers;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>The frames that are a number and little else.</summary>
internal static class Frames
{
    /// <summary>A kind, a number, and bytes as they are.</summary>
    public static SendResult Send(this Connection connection, FrameKind kind, long number, ReadOnlySpan<byte> tail = default)
    {
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)kind, number);
        return Send(connection, buffer, ref writer, tail);
    }

    /// <summary>A kind, a number, one thing more, and bytes as they are.</summary>
    public static SendResult Send<T>(this Connection connection, FrameKind kind, long number, T more, ReadOnlySpan<byte> tail = default)
        where T : unmanaged
    {
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)kind, number, more);
        return Send(connection, buffer, ref writer, tail);
    }

    private static SendResult Send(Connection connection, WireBuffer buffer, ref WireWriter writer, ReadOnlySpan<byte> tail)
    {
        writer.Flush();
        buffer.Write(tail);
        SendResult result = connection.Send(buffer.WrittenSpan);
        buffer.Return();
        return result;
    }
}
