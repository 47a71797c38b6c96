namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Stack{T}"/>, from the bottom to the top.</summary>
public sealed class StackFormatter<T> : MutableCollectionFormatter<Stack<T>, T>
{
    private protected override T[] ToArray(Stack<T> value) => Reversed.Of(value.ToArray());

    private protected override Stack<T> FromArray(T[] items) => new(items);

    private protected override Stack<T> Create(object? comparer) => new();

    private protected override void Fill(Stack<T> value, T[] items)
    {
        foreach (var item in items)
        {
            value.Push(item);
        }
    }
}
