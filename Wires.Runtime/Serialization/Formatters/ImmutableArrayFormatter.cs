using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableArray{T}"/>; <c>default</c> is the null of the format.</summary>
public sealed class ImmutableArrayFormatter<T> : SequenceFormatter<ImmutableArray<T>, T>
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ImmutableArray<T> value)
    {
        if (value.IsDefault)
        {
            writer.WriteNullCollectionHeader();
        }
        else
        {
            WriteElements(ref writer, value.AsSpan());
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<T> Copy(ImmutableArray<T> value, ref CopyContext context) =>
        value.IsDefault || IsShared ? value : FromArray(CopyElements(value.AsSpan(), ref context));

    private protected override T[] ToArray(ImmutableArray<T> value) => ImmutableCollectionsMarshal.AsArray(value) ?? [];

    private protected override ImmutableArray<T> FromArray(T[] items) => ImmutableCollectionsMarshal.AsImmutableArray(items);
}
