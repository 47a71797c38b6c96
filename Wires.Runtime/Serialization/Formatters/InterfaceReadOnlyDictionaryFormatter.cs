namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IReadOnlyDictionary{TKey, TValue}"/>, which is read as a dictionary with the default comparer.</summary>
public sealed class InterfaceReadOnlyDictionaryFormatter<TKey, TValue> : InterfaceMapFormatter<IReadOnlyDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    internal override Type ReadsAs => typeof(Dictionary<TKey, TValue>);

    private protected override KeyValuePair<TKey, TValue>[] ToArray(IReadOnlyDictionary<TKey, TValue> value) => value.ToArray();

    private protected override IReadOnlyDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items) => new Dictionary<TKey, TValue>(items);
}
