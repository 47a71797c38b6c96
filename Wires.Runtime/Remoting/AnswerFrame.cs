using System.Buffers.Binary;
using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Remoting;

/// <summary>What a call came to, as a frame: its kind, the caller's number for the call, and the result or the failure.</summary>
internal static class AnswerFrame
{
    /// <summary>Writes the outcome. A result that cannot be written becomes a failure that says so.</summary>
    public static void Write(WireBuffer buffer, Ask call, long number, Exception? error)
    {
        if (error is null)
        {
            try
            {
                var writer = new WireWriter(buffer);
                writer.WriteUnmanaged((byte)FrameKind.Result, number);
                call.EncodeResult(ref writer);
                writer.Flush();
                return;
            }
            catch (Exception e)
            {
                error = Faults.Capture(e, call);
                buffer.Clear();
            }
        }

        WriteFault(buffer, number, error);
    }

    public static void WriteFault(WireBuffer buffer, long number, Exception error)
    {
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)FrameKind.Fault, number);
        FaultCodec.Write(ref writer, error);
        writer.Flush();
    }

    /// <summary>Another caller gets it.</summary>
    public static void SetNumber(Span<byte> frame, long number) => BinaryPrimitives.WriteInt64LittleEndian(frame[1..], number);

    /// <summary>Completes a call, whoever has the right to, by what follows kind and number in a frame.</summary>
    /// <param name="call">The call; only its own outcome is written.</param>
    /// <param name="kind">The frame's kind.</param>
    /// <param name="reader">Behind the number.</param>
    /// <param name="node">Where it comes from, for messages.</param>
    public static void Complete(Ask call, FrameKind kind, ref WireReader reader, string node)
    {
        try
        {
            if (kind == FrameKind.Fault)
            {
                call.FailRemote(FaultCodec.Read(ref reader));
            }
            else
            {
                call.DecodeResult(ref reader);
                call.CompleteRemote();
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            call.FailRemote(new WireSerializationException($"The answer of {call.CalledMethod.Signature} of wire {call.Handle!.Id} came from node {node} and could not be read; the method has run. {e.Message}", e));
        }
    }
}
