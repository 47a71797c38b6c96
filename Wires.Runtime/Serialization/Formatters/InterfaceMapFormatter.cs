using System.Collections.Frozen;
using Wires.Serialization.Images;

namespace Wires.Serialization.Formatters;

/// <summary>What interfaces of dictionaries share. In a migration image the usual dictionaries behind them are kept as they are.</summary>
/// <typeparam name="TDictionary">The interface.</typeparam>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
public abstract class InterfaceMapFormatter<TDictionary, TKey, TValue> : SequenceFormatter<TDictionary, KeyValuePair<TKey, TValue>>
    where TDictionary : class, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected InterfaceMapFormatter()
    {
    }

    private protected sealed override bool AcceptsSubtypes => true;

    private protected sealed override bool ComparesElements => true;

    private protected sealed override bool HasPlainKeys => IsPlain<TKey>();

    internal sealed override void RegisterImplementations() => ImageImplementations<TKey, TValue>.Register();

    internal sealed override Type TypeOf(TDictionary value) => value is FrozenDictionary<TKey, TValue> ? typeof(FrozenDictionary<TKey, TValue>) : value.GetType();

    private protected sealed override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();
}
