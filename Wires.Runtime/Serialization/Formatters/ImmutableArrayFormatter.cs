using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableArray{T}"/>; <c>default</c> is the null of the format.</summary>
public sealed class ImmutableArrayFormatter<T> : SequenceFormatter<ImmutableArray<T>, T>
{
    // Two immutable arrays are equal if they are the same array.
    private static readonly ArrayFormatter<T> s_array = new();

    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ImmutableArray<T> value)
    {
        if (writer.Image is not null)
        {
            writer.WriteValue(s_array, ImmutableCollectionsMarshal.AsArray(value));
        }
        else if (value.IsDefault)
        {
            writer.WriteNullCollectionHeader();
        }
        else
        {
            WriteElements(ref writer, value.AsSpan());
        }
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ImmutableArray<T> value)
    {
        if (reader.Image is null)
        {
            base.Read(ref reader, ref value);
            return;
        }

        T[]? array = null;
        reader.ReadValue(s_array, ref array);
        value = ImmutableCollectionsMarshal.AsImmutableArray(array);
    }

    /// <inheritdoc/>
    public override ImmutableArray<T> Copy(ImmutableArray<T> value, ref CopyContext context) =>
        value.IsDefault || IsShared ? value : FromArray(CopyElements(value.AsSpan(), ref context));

    private protected override T[] ToArray(ImmutableArray<T> value) => ImmutableCollectionsMarshal.AsArray(value) ?? [];

    private protected override ImmutableArray<T> FromArray(T[] items) => ImmutableCollectionsMarshal.AsImmutableArray(items);
}
