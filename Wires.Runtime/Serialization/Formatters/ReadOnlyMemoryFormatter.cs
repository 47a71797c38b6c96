namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlyMemory{T}"/>; an empty one and <c>default</c> are the same.</summary>
public sealed class ReadOnlyMemoryFormatter<T> : SequenceFormatter<ReadOnlyMemory<T>, T>
{
    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ReadOnlyMemory<T> value)
    {
        if (writer.Image is not null)
        {
            ArrayWindow<T>.Write(ref writer, ArrayWindow<T>.Of(value));
        }
        else
        {
            WriteElements(ref writer, value.Span);
        }
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ReadOnlyMemory<T> value)
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
    public override ReadOnlyMemory<T> Copy(ReadOnlyMemory<T> value, ref CopyContext context) => CopyElements(value.Span, ref context);

    private protected override T[] ToArray(ReadOnlyMemory<T> value) => value.Span.ToArray();

    private protected override ReadOnlyMemory<T> FromArray(T[] items) => items;
}
