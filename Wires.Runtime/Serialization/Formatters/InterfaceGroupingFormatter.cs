namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IGrouping{TKey, TElement}"/> as an object of its key and its elements.</summary>
public sealed class InterfaceGroupingFormatter<TKey, TElement> : WireFormatter<IGrouping<TKey, TElement>>
    where TKey : notnull
{
    private readonly InterfaceEnumerableFormatter<TElement> _elements = new();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly IGrouping<TKey, TElement>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(2);
        writer.WriteValue<TKey>(value.Key);
        // The group is its own sequence of elements, no second object.
        writer.WriteSame(_elements, value);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref IGrouping<TKey, TElement>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 2)
        {
            WireSerializationException.ThrowMemberCount<IGrouping<TKey, TElement>>(2, count, in reader);
        }

        var key = reader.ReadValue<TKey>();
        IEnumerable<TElement>? elements = null;
        reader.ReadSame(_elements, ref elements);
        if (key is null || elements is null)
        {
            WireSerializationException.ThrowInvalid<IGrouping<TKey, TElement>>("A group has no key or no elements", in reader);
        }

        value = new Grouping<TKey, TElement>(key, elements);
    }

    /// <inheritdoc/>
    public override IGrouping<TKey, TElement>? Copy(IGrouping<TKey, TElement>? value, ref CopyContext context) =>
        value is null ? null : new Grouping<TKey, TElement>(context.Copy(value.Key)!, context.Copy(_elements, value)!);
}
