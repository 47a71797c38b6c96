namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IReadOnlySet{T}"/>, which is read as a hash set.</summary>
public sealed class InterfaceReadOnlySetFormatter<T> : SequenceFormatter<IReadOnlySet<T>, T>
{
    private protected override bool AcceptsSubtypes => true;

    private protected override T[] ToArray(IReadOnlySet<T> value) => value.ToArray();

    private protected override IReadOnlySet<T> FromArray(T[] items)
    {
        var value = new HashSet<T>(items);
        CheckCount(value.Count, items);
        return value;
    }
}
