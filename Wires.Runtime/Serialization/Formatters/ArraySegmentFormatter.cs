namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ArraySegment{T}"/>; an empty one and <c>default</c> are the same.</summary>
public sealed class ArraySegmentFormatter<T> : SequenceFormatter<ArraySegment<T>, T>
{
    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ArraySegment<T> value)
    {
        if (writer.Image is not null)
        {
            ArrayWindow<T>.Write(ref writer, value);
        }
        else
        {
            WriteElements(ref writer, value.AsSpan());
        }
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ArraySegment<T> value)
    {
        if (reader.Image is null)
        {
            base.Read(ref reader, ref value);
        }
        else
        {
            value = ArrayWindow<T>.Read(ref reader);
        }
    }

    /// <inheritdoc/>
    public override ArraySegment<T> Copy(ArraySegment<T> value, ref CopyContext context) => new(CopyElements(value.AsSpan(), ref context));

    private protected override T[] ToArray(ArraySegment<T> value) => value.AsSpan().ToArray();

    private protected override ArraySegment<T> FromArray(T[] items) => new(items);
}
