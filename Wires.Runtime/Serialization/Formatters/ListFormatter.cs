using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="List{T}"/>.</summary>
public sealed class ListFormatter<T> : SequenceFormatter<List<T>, T>
{
    /// <inheritdoc/>
    public override bool CreatesFirst => true;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly List<T>? value)
    {
        if (value is null)
        {
            writer.WriteNullCollectionHeader();
            return;
        }

        CheckType(value);
        WriteElements(ref writer, CollectionsMarshal.AsSpan(value));
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref List<T>? value)
    {
        if (!reader.TryReadCollectionHeader(out var count))
        {
            value = null;
            return;
        }

        if (IsRaw)
        {
            reader.CheckRoom(count, Unsafe.SizeOf<T>(), typeof(List<T>));
            var raw = new List<T>(count);
            CollectionsMarshal.SetCount(raw, count);
            reader.ReadRawInto(CollectionsMarshal.AsSpan(raw));
            value = raw;
            return;
        }

        var element = Element;
        var minimumSize = MinimumSizeOf(element, in reader);
        reader.CheckRoom(count, minimumSize, typeof(List<T>));
        reader.Enter<List<T>>();
        var list = new List<T>(FirstCapacity(count, minimumSize));
        reader.Created(list);
        for (var i = 0; i < count; i++)
        {
            T? item = default;
            reader.ReadPart(element, ref item);
            list.Add(item!);
        }

        reader.Leave();
        value = list;
    }

    /// <inheritdoc/>
    public override List<T>? Copy(List<T>? value, ref CopyContext context)
    {
        if (value is null)
        {
            return null;
        }

        CheckType(value);
        if (HasSharedElements)
        {
            return new List<T>(value);
        }

        context.Enter<List<T>>();
        var element = Element;
        var copy = new List<T>(value.Count);
        foreach (var item in value)
        {
            copy.Add(element.Copy(item, ref context)!);
        }

        context.Leave();
        return copy;
    }

    private protected override T[] ToArray(List<T> value) => value.ToArray();

    private protected override List<T> FromArray(T[] items) => new(items);
}
