namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ICollection{T}"/>, which is read as a list.</summary>
public sealed class InterfaceCollectionFormatter<T> : InterfaceSequenceFormatter<ICollection<T>, T>
{
    internal override Type ReadsAs => typeof(List<T>);

    private protected override T[] ToArray(ICollection<T> value) => value as T[] ?? value.ToArray();

    private protected override ICollection<T> FromArray(T[] items) => new List<T>(items);
}
