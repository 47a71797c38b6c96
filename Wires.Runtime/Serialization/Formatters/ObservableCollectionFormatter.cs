using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ObservableCollection{T}"/>, without its subscribers.</summary>
public sealed class ObservableCollectionFormatter<T> : SequenceFormatter<ObservableCollection<T>, T>
{
    private protected override T[] ToArray(ObservableCollection<T> value) => value.ToArray();

    private protected override ObservableCollection<T> FromArray(T[] items) => new(items);
}
