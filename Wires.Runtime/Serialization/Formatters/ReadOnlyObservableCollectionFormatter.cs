using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlyObservableCollection{T}"/>, over a new collection.</summary>
public sealed class ReadOnlyObservableCollectionFormatter<T> : SequenceFormatter<ReadOnlyObservableCollection<T>, T>
{
    private protected override T[] ToArray(ReadOnlyObservableCollection<T> value) => value.ToArray();

    private protected override ReadOnlyObservableCollection<T> FromArray(T[] items) => new(new ObservableCollection<T>(items));
}
