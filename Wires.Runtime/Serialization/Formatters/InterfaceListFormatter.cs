namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IList{T}"/>, which is read as a list.</summary>
public sealed class InterfaceListFormatter<T> : SequenceFormatter<IList<T>, T>
{
    private protected override bool AcceptsSubtypes => true;

    private protected override T[] ToArray(IList<T> value) => value as T[] ?? value.ToArray();

    private protected override IList<T> FromArray(T[] items) => new List<T>(items);
}
