using System.Diagnostics.CodeAnalysis;

namespace Wires.Serialization;

/// <summary>The objects of one message by their ids, in the order in which they were met: MemoryPack's circular form.</summary>
internal sealed class WireReferences
{
    private readonly Dictionary<object, uint> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<uint, object> _objects = [];

    /// <summary>Gives a new object the next id, or an old one's id and false.</summary>
    public bool TryAdd(object value, out uint id)
    {
        if (_ids.TryGetValue(value, out id))
        {
            return false;
        }

        id = (uint)_ids.Count;
        _ids.Add(value, id);
        return true;
    }

    /// <summary>Notes an object that was read under an id; false if the id is taken.</summary>
    public bool TryAdd(uint id, object value) => _objects.TryAdd(id, value);

    /// <summary>Finds the object that was read under an id.</summary>
    public bool TryGet(uint id, [NotNullWhen(true)] out object? value) => _objects.TryGetValue(id, out value);
}
