using System.Buffers;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlySequence{T}"/>, which is read as one segment.</summary>
public sealed class ReadOnlySequenceFormatter<T> : SequenceFormatter<ReadOnlySequence<T>, T>
{
    private protected override T[] ToArray(ReadOnlySequence<T> value) => value.ToArray();

    private protected override ReadOnlySequence<T> FromArray(T[] items) => new(items);
}
