namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ArraySegment{T}"/>; an empty one and <c>default</c> are the same.</summary>
public sealed class ArraySegmentFormatter<T> : SequenceFormatter<ArraySegment<T>, T>
{
    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ArraySegment<T> value) => WriteElements(ref writer, value.AsSpan());

    /// <inheritdoc/>
    public override ArraySegment<T> Copy(ArraySegment<T> value, ref CopyContext context) => new(CopyElements(value.AsSpan(), ref context));

    private protected override T[] ToArray(ArraySegment<T> value) => value.AsSpan().ToArray();

    private protected override ArraySegment<T> FromArray(T[] items) => new(items);
}
