using System.Buffers;
using System.Runtime.CompilerServices;

namespace Wires.Serialization;

/// <summary>Whole values to bytes and back, in the MemoryPack binary format.</summary>
public static class WireSerializer
{
    /// <summary>How deep values may be nested. A linked list of objects counts one level per node.</summary>
    public const int MaxDepth = 1000;

    /// <summary>Levels that need no look at the stack.</summary>
    internal const int UncheckedDepth = 16;

    /// <summary>Gives the bytes of a value.</summary>
    /// <exception cref="WireSerializationException">The format cannot carry the value.</exception>
    public static byte[] Serialize<T>(in T? value, WireWriterOptions options = WireWriterOptions.None)
    {
        var buffer = WireBuffer.Rent();
        Serialize(buffer, in value, options);
        var bytes = buffer.WrittenSpan.ToArray();
        buffer.Return();
        return bytes;
    }

    /// <summary>Appends the bytes of a value to a buffer writer.</summary>
    /// <exception cref="WireSerializationException">The format cannot carry the value.</exception>
    public static void Serialize<T>(IBufferWriter<byte> output, in T? value, WireWriterOptions options = WireWriterOptions.None)
    {
        ArgumentNullException.ThrowIfNull(output);
        var writer = new WireWriter(output, options);
        writer.WriteValue(in value);
        writer.Flush();
    }

    /// <summary>Reads a value, which must be all of the bytes.</summary>
    /// <exception cref="WireSerializationException">The bytes are not those of such a value.</exception>
    public static T? Deserialize<T>(ReadOnlySpan<byte> source)
    {
        var reader = new WireReader(source);
        return Deserialize<T>(ref reader);
    }

    /// <inheritdoc cref="Deserialize{T}(ReadOnlySpan{byte})"/>
    public static T? Deserialize<T>(in ReadOnlySequence<byte> source)
    {
        var reader = new WireReader(in source);
        return Deserialize<T>(ref reader);
    }

    // Whatever else stops a reader, be it a constructor of a user's type that refuses its arguments, is told as what it is: bad input.
    private static T? Deserialize<T>(ref WireReader reader)
    {
        T? value;
        try
        {
            value = reader.ReadValue<T>();
        }
        catch (Exception e) when (e is not WireSerializationException)
        {
            throw new WireSerializationException("The value could not be built from the input: " + e.Message, typeof(T), reader.Consumed, e);
        }

        if (reader.Remaining != 0)
        {
            WireSerializationException.ThrowInvalid<T>("The value has been read, but the input goes on", in reader);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void CheckDepth(int depth, Type type, long offset)
    {
        if (depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            WireSerializationException.ThrowDepth(type, offset);
        }
    }
}
