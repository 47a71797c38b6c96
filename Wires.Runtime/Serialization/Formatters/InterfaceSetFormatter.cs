namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ISet{T}"/>, which is read as a hash set.</summary>
public sealed class InterfaceSetFormatter<T> : InterfaceSequenceFormatter<ISet<T>, T>
{
    internal override Type ReadsAs => typeof(HashSet<T>);

    private protected override bool ComparesElements => true;

    private protected override T[] ToArray(ISet<T> value) => value.ToArray();

    private protected override ISet<T> FromArray(T[] items)
    {
        var value = new HashSet<T>(items);
        CheckCount(value.Count, items);
        return value;
    }
}
