namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IEnumerable{T}"/>, which is read as an array.</summary>
public sealed class InterfaceEnumerableFormatter<T> : InterfaceSequenceFormatter<IEnumerable<T>, T>
{
    internal override Type ReadsAs => typeof(T[]);

    private protected override T[] ToArray(IEnumerable<T> value) => value as T[] ?? value.ToArray();

    private protected override IEnumerable<T> FromArray(T[] items) => items;
}
