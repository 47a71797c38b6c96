namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IReadOnlyList{T}"/>, which is read as a list.</summary>
public sealed class InterfaceReadOnlyListFormatter<T> : InterfaceSequenceFormatter<IReadOnlyList<T>, T>
{
    internal override Type ReadsAs => typeof(List<T>);

    private protected override T[] ToArray(IReadOnlyList<T> value) => value as T[] ?? value.ToArray();

    private protected override IReadOnlyList<T> FromArray(T[] items) => new List<T>(items);
}
