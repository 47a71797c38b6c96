namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Stack{T}"/>, from the bottom to the top.</summary>
public sealed class StackFormatter<T> : SequenceFormatter<Stack<T>, T>
{
    private protected override T[] ToArray(Stack<T> value) => Reversed.Of(value.ToArray());

    private protected override Stack<T> FromArray(T[] items) => new(items);
}
