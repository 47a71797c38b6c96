using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ObservableCollection{T}"/>, without its subscribers.</summary>
public sealed class ObservableCollectionFormatter<T> : MutableCollectionFormatter<ObservableCollection<T>, T>
{
    private protected override T[] ToArray(ObservableCollection<T> value) => value.ToArray();

    private protected override ObservableCollection<T> FromArray(T[] items) => new(items);

    private protected override ObservableCollection<T> Create(object? comparer) => [];

    private protected override void Fill(ObservableCollection<T> value, T[] items)
    {
        foreach (var item in items)
        {
            value.Add(item);
        }
    }
}
