using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ConcurrentStack{T}"/>, from the bottom to the top.</summary>
public sealed class ConcurrentStackFormatter<T> : SequenceFormatter<ConcurrentStack<T>, T>
{
    private protected override T[] ToArray(ConcurrentStack<T> value) => Reversed.Of(value.ToArray());

    private protected override ConcurrentStack<T> FromArray(T[] items) => new(items);
}
