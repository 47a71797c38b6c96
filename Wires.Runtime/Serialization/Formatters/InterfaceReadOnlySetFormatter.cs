namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IReadOnlySet{T}"/>, which is read as a hash set.</summary>
public sealed class InterfaceReadOnlySetFormatter<T> : InterfaceSequenceFormatter<IReadOnlySet<T>, T>
{
    internal override Type ReadsAs => typeof(HashSet<T>);

    private protected override bool ComparesElements => true;

    private protected override T[] ToArray(IReadOnlySet<T> value) => value.ToArray();

    private protected override IReadOnlySet<T> FromArray(T[] items)
    {
        var value = new HashSet<T>(items);
        CheckCount(value.Count, items);
        return value;
    }
}
