using System.Collections;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="BitArray"/> as an object of its length in bits and its 32-bit words.</summary>
public sealed class BitArrayFormatter : WireFormatter<BitArray>
{
    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly BitArray? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        var words = new int[Words(value.Length)];
        value.CopyTo(words, 0);
        writer.WriteObjectHeader(2);
        writer.WriteUnmanaged(value.Length);
        writer.WriteUnmanagedArray(words);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref BitArray? value)
    {
        if (!reader.TryReadObjectHeader(out var members))
        {
            value = null;
            return;
        }

        if (members != 2)
        {
            WireSerializationException.ThrowMemberCount<BitArray>(2, members, in reader);
        }

        var length = reader.ReadUnmanaged<int>();
        var words = reader.ReadUnmanagedArray<int>();

        // MemoryPack writes its array as it is, which after a BitArray was made shorter is longer than it need be.
        if (words is null || length < 0 || words.Length < Words(length) || words.Length > Array.MaxLength / 32)
        {
            WireSerializationException.ThrowInvalid<BitArray>("The length in bits does not go with the count of words", in reader);
        }

        value = new BitArray(words) { Length = length };
    }

    /// <inheritdoc/>
    public override BitArray? Copy(BitArray? value, ref CopyContext context) => value is null ? null : new BitArray(value);

    private static int Words(int bits) => (int)(((long)bits + 31) / 32);
}
