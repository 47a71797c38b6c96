namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IEnumerable{T}"/>, which is read as an array.</summary>
public sealed class InterfaceEnumerableFormatter<T> : SequenceFormatter<IEnumerable<T>, T>
{
    private protected override bool AcceptsSubtypes => true;

    private protected override T[] ToArray(IEnumerable<T> value) => value as T[] ?? value.ToArray();

    private protected override IEnumerable<T> FromArray(T[] items) => items;
}
