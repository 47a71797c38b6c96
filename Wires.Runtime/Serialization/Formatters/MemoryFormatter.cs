namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Memory{T}"/>; an empty one and <c>default</c> are the same.</summary>
public sealed class MemoryFormatter<T> : SequenceFormatter<Memory<T>, T>
{
    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Memory<T> value)
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
    public override void Read(ref WireReader reader, scoped ref Memory<T> value)
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
    public override Memory<T> Copy(Memory<T> value, ref CopyContext context) => CopyElements(value.Span, ref context);

    private protected override T[] ToArray(Memory<T> value) => value.Span.ToArray();

    private protected override Memory<T> FromArray(T[] items) => items;
}
