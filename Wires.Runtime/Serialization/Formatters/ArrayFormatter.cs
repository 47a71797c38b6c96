namespace Wires.Serialization.Formatters;

/// <summary>Formats arrays of any element.</summary>
public sealed class ArrayFormatter<T> : SequenceFormatter<T[], T>
{
    // An array of a derived element type is written as what it is declared as; each element says whether it can be.
    private protected override bool AcceptsSubtypes => true;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly T[]? value)
    {
        if (value is null)
        {
            writer.WriteNullCollectionHeader();
        }
        else
        {
            WriteElements(ref writer, new ReadOnlySpan<T>(value));
        }
    }

    /// <inheritdoc/>
    public override bool CreatesFirst => !IsRaw;

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref T[]? value)
    {
        if (reader.Image is null || IsRaw)
        {
            base.Read(ref reader, ref value);
        }
        else
        {
            value = ReadFirst(ref reader);
        }
    }

    /// <inheritdoc/>
    public override T[]? Copy(T[]? value, ref CopyContext context) =>
        value is null ? null : CopyElements(new ReadOnlySpan<T>(value), ref context);

    private protected override T[] ToArray(T[] value) => value;

    private protected override T[] FromArray(T[] items) => items;

    private T[]? ReadFirst(ref WireReader reader)
    {
        if (!reader.TryReadCollectionHeader(out var count))
        {
            return null;
        }

        CheckAllAtOnce(count, in reader);
        var items = new T[count];
        reader.Created(items);
        ReadElementsInto(ref reader, items);
        return items;
    }
}
