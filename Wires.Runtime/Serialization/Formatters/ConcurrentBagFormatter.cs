using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ConcurrentBag{T}"/>.</summary>
public sealed class ConcurrentBagFormatter<T> : SequenceFormatter<ConcurrentBag<T>, T>
{
    private protected override T[] ToArray(ConcurrentBag<T> value) => value.ToArray();

    private protected override ConcurrentBag<T> FromArray(T[] items) => new(items);
}
