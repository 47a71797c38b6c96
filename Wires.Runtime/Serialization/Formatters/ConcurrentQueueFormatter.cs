using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ConcurrentQueue{T}"/>, first the next one out.</summary>
public sealed class ConcurrentQueueFormatter<T> : SequenceFormatter<ConcurrentQueue<T>, T>
{
    private protected override T[] ToArray(ConcurrentQueue<T> value) => value.ToArray();

    private protected override ConcurrentQueue<T> FromArray(T[] items) => new(items);
}
