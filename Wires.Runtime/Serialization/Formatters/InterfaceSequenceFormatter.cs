using System.Collections.Frozen;
using Wires.Serialization.Images;

namespace Wires.Serialization.Formatters;

/// <summary>What interfaces of collections share. In a migration image the usual collections behind them are kept as they are.</summary>
/// <typeparam name="TCollection">The interface.</typeparam>
/// <typeparam name="T">The elements.</typeparam>
public abstract class InterfaceSequenceFormatter<TCollection, T> : SequenceFormatter<TCollection, T>
    where TCollection : class, IEnumerable<T>
{
    private protected InterfaceSequenceFormatter()
    {
    }

    private protected sealed override bool AcceptsSubtypes => true;

    internal sealed override void RegisterImplementations() => ImageImplementations<T>.Register();

    internal sealed override Type TypeOf(TCollection value) => value is FrozenSet<T> ? typeof(FrozenSet<T>) : value.GetType();
}
