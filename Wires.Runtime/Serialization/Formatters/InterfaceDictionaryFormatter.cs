namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IDictionary{TKey, TValue}"/>, which is read as a dictionary with the default comparer.</summary>
public sealed class InterfaceDictionaryFormatter<TKey, TValue> : InterfaceMapFormatter<IDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    internal override Type ReadsAs => typeof(Dictionary<TKey, TValue>);

    private protected override KeyValuePair<TKey, TValue>[] ToArray(IDictionary<TKey, TValue> value) => value.ToArray();

    private protected override IDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items) => new Dictionary<TKey, TValue>(items);
}
