namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ILookup{TKey, TElement}"/>.</summary>
public sealed class InterfaceLookupFormatter<TKey, TElement> : SequenceFormatter<ILookup<TKey, TElement>, IGrouping<TKey, TElement>>
    where TKey : notnull
{
    private protected override bool ComparesElements => true;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override bool AcceptsSubtypes => true;

    private protected override WireFormatter<IGrouping<TKey, TElement>>? ResolveElement() => new InterfaceGroupingFormatter<TKey, TElement>();

    private protected override IGrouping<TKey, TElement>[] ToArray(ILookup<TKey, TElement> value) => value.ToArray();

    private protected override ILookup<TKey, TElement> FromArray(IGrouping<TKey, TElement>[] items) => new Lookup<TKey, TElement>(items);
}
