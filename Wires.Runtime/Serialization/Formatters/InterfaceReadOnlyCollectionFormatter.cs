namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IReadOnlyCollection{T}"/>, which is read as a list.</summary>
public sealed class InterfaceReadOnlyCollectionFormatter<T> : InterfaceSequenceFormatter<IReadOnlyCollection<T>, T>
{
    internal override Type ReadsAs => typeof(List<T>);

    private protected override T[] ToArray(IReadOnlyCollection<T> value) => value as T[] ?? value.ToArray();

    private protected override IReadOnlyCollection<T> FromArray(T[] items) => new List<T>(items);
}
