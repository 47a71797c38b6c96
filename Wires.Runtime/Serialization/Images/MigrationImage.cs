using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Wires.Infrastructure;
using Wires.Mailboxes;
using Wires.Mobility.Stacks;

namespace Wires.Serialization.Images;

/// <summary>
/// What a wire takes along when it moves: its state as one graph of objects. An object that is referred to twice is one object after the
/// move too, cycles stay cycles, known comparers and the types that values have at run time are kept. Leaves are written as in messages.
/// </summary>
/// <remarks>
/// Writers and readers of more parts (method frames) take the same <see cref="WrittenObjects"/> or <see cref="ReadObjects"/>, and so share
/// their objects with the state. Parts are read in the order in which they were written.
/// </remarks>
internal static class MigrationImage
{
    /// <summary>Appends a wire: its state, and the methods of it that are suspended.</summary>
    /// <exception cref="WireSerializationException">Something in it cannot travel; what and why is in the message.</exception>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Where code cannot be made at run time, wires are pinned while a method of them is suspended.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "As above.")]
    public static StackPlan? Write(Activation wire, IBufferWriter<byte> buffer)
    {
        var objects = new WrittenObjects();
        WriteState(wire.Type, wire.Wire!, buffer, objects);
        var writer = new WireWriter(buffer, objects);
        try
        {
            StackPlan? plan = StackWriter.Write(wire, ref writer);
            writer.Flush();
            return plan;
        }
        catch (WireSerializationException e)
        {
            throw new WireSerializationException(e.Message, e) { IsOfStack = true };
        }
    }

    /// <summary>Reads a wire's state, and rebuilds its suspended methods, which must be all of the image.</summary>
    /// <exception cref="WireSerializationException">The bytes are no image of such a wire. The wire may be half overwritten: it is of no use any more.</exception>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Where code cannot be made at run time, wires are pinned while a method of them is suspended.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "As above.")]
    public static RebuiltStack? Read(Activation wire, object state, ReadOnlySpan<byte> image)
    {
        var reader = new WireReader(image, new ReadObjects()) { Wires = wire.Node };
        ReadState(wire.Type, state, ref reader);
        RebuiltStack? stack = StackReader.Read(wire, state, ref reader);
        return reader.Remaining == 0 ? stack : throw new WireSerializationException("The wire has been read, but the image goes on", wire.Type.WireClass, reader.Consumed);
    }

    /// <summary>Appends the state of a wire as an image of its own.</summary>
    /// <exception cref="WireSerializationException">Something in it cannot travel; what and why is in the message.</exception>
    public static void WriteState(WireType type, object wire, IBufferWriter<byte> buffer) => WriteState(type, wire, buffer, new WrittenObjects());

    /// <summary>Appends the state of a wire as the first part of an image.</summary>
    /// <exception cref="WireSerializationException">Something in it cannot travel; what and why is in the message.</exception>
    public static void WriteState(WireType type, object wire, IBufferWriter<byte> buffer, WrittenObjects objects)
    {
        var writer = new WireWriter(buffer, objects);
        writer.WriteUnmanaged(ImageCode.Version);
        type.WriteState(wire, ref writer);
        writer.Flush();
    }

    /// <summary>Reads the state of a wire, which must be all of the image.</summary>
    /// <exception cref="WireSerializationException">The bytes are no image of such a wire. The wire may be half overwritten: it is of no use any more.</exception>
    public static void ReadState(WireType type, object wire, ReadOnlySpan<byte> image, IWires? wires)
    {
        var reader = new WireReader(image, new ReadObjects()) { Wires = wires };
        ReadState(type, wire, ref reader);
        if (reader.Remaining != 0)
        {
            throw new WireSerializationException("The state has been read, but the image goes on", type.WireClass, reader.Consumed);
        }
    }

    /// <summary>Reads the state of a wire as the first part of an image.</summary>
    /// <exception cref="WireSerializationException">The bytes are no image of such a wire. The wire may be half overwritten: it is of no use any more.</exception>
    public static void ReadState(WireType type, object wire, ref WireReader reader)
    {
        // Whatever else stops a reader, be it a constructor of a user's type that refuses its arguments, is told as what it is: bad input.
        try
        {
            byte version = reader.ReadUnmanaged<byte>();
            if (version != ImageCode.Version)
            {
                throw new WireSerializationException($"The image is of version {version}, but version {ImageCode.Version} is known here", type.WireClass, reader.Consumed);
            }

            type.ReadState(wire, ref reader);
        }
        catch (Exception e) when (e is not WireSerializationException)
        {
            throw new WireSerializationException("The state could not be built from the image: " + e.Message, type.WireClass, reader.Consumed, e);
        }
    }
}
