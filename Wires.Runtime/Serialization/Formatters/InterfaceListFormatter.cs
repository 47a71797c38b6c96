namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IList{T}"/>, which is read as a list.</summary>
public sealed class InterfaceListFormatter<T> : InterfaceSequenceFormatter<IList<T>, T>
{
    internal override Type ReadsAs => typeof(List<T>);

    private protected override T[] ToArray(IList<T> value) => value as T[] ?? value.ToArray();

    private protected override IList<T> FromArray(T[] items) => new List<T>(items);
}
