namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ISet{T}"/>, which is read as a hash set.</summary>
public sealed class InterfaceSetFormatter<T> : SequenceFormatter<ISet<T>, T>
{
    private protected override bool AcceptsSubtypes => true;

    private protected override T[] ToArray(ISet<T> value) => value.ToArray();

    private protected override ISet<T> FromArray(T[] items)
    {
        var value = new HashSet<T>(items);
        CheckCount(value.Count, items);
        return value;
    }
}
