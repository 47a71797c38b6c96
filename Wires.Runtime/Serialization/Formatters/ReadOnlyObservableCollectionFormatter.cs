using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlyObservableCollection{T}"/>, over a new collection.</summary>
public sealed class ReadOnlyObservableCollectionFormatter<T>() : ViewFormatter<ReadOnlyObservableCollection<T>, ObservableCollection<T>, T>(new ObservableCollectionFormatter<T>())
{
    private protected override T[] ToArray(ReadOnlyObservableCollection<T> value) => value.ToArray();

    private protected override ReadOnlyObservableCollection<T> FromArray(T[] items) => new(new ObservableCollection<T>(items));

    private protected override ObservableCollection<T> InnerOf(ReadOnlyObservableCollection<T> value) => (ObservableCollection<T>)Views<T>.ItemsOf(value);

    private protected override ReadOnlyObservableCollection<T> Over(ObservableCollection<T> inner) => new(inner);
}
