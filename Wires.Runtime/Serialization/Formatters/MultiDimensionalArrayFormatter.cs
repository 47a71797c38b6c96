using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wires.Serialization.Formatters;

/// <summary>What arrays of several dimensions share: an object of their lengths and the elements, row by row. A non-zero lower bound is lost.</summary>
public abstract class MultiDimensionalArrayFormatter<TArray, T> : SequenceFormatter<TArray, T>
    where TArray : class
{
    private protected MultiDimensionalArrayFormatter()
    {
    }

    /// <inheritdoc/>
    public override int MinimumSize => 1;

    /// <inheritdoc/>
    public override bool CreatesFirst => !IsRaw;

    private protected override bool AcceptsSubtypes => true;

    private protected abstract int Rank { get; }

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly TArray? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        var array = (Array)(object)value;
        writer.WriteObjectHeader((byte)(Rank + 1));
        for (var i = 0; i < Rank; i++)
        {
            writer.WriteUnmanaged(array.GetLength(i));
        }

        WriteElements(ref writer, Elements(array));
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref TArray? value)
    {
        if (!reader.TryReadObjectHeader(out var members))
        {
            value = null;
            return;
        }

        if (members != Rank + 1)
        {
            WireSerializationException.ThrowMemberCount<TArray>(Rank + 1, members, in reader);
        }

        Span<int> lengths = stackalloc int[Rank];
        Int128 product = 1;
        var valid = true;
        foreach (ref var length in lengths)
        {
            length = reader.ReadUnmanaged<int>();
            product *= length;
            valid &= length >= 0 && length <= Array.MaxLength;
        }

        if (!reader.TryReadCollectionHeader(out var count) || !valid || product != count)
        {
            WireSerializationException.ThrowInvalid<TArray>("The lengths of an array do not go with the count of its elements", in reader);
        }

        if (reader.Image is null || IsRaw)
        {
            value = Build(lengths, ReadElements(ref reader, count), reader.Consumed);
            return;
        }

        CheckAllAtOnce(count, in reader);
        value = Make(lengths, reader.Consumed);
        reader.Created(value);
        ReadElements(ref reader, count).CopyTo(Elements((Array)(object)value));
    }

    /// <inheritdoc/>
    public override TArray? Copy(TArray? value, ref CopyContext context)
    {
        if (value is null)
        {
            return null;
        }

        var array = (Array)(object)value;
        Span<int> lengths = stackalloc int[Rank];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = array.GetLength(i);
        }

        return Build(lengths, CopyElements(Elements(array), ref context), -1);
    }

    private protected abstract TArray Create(scoped ReadOnlySpan<int> lengths);

    private protected override T[] ToArray(TArray value) => Elements((Array)(object)value).ToArray();

    private protected override TArray FromArray(T[] items) => throw new NotSupportedException();

    private static Span<T> Elements(Array array) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private TArray Build(scoped ReadOnlySpan<int> lengths, T[] items, long offset)
    {
        var array = Make(lengths, offset);
        items.CopyTo(Elements((Array)(object)array));
        return array;
    }

    private TArray Make(scoped ReadOnlySpan<int> lengths, long offset)
    {
        try
        {
            return Create(lengths);
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            // No bytes back the lengths where one of them is zero, and the runtime has limits of its own.
            throw new WireSerializationException("The lengths of an array are too large", typeof(TArray), offset, e);
        }
    }
}
