using System.Runtime.InteropServices;

namespace Wires.Serialization.Images;

/// <summary>
/// The objects of one migration image as it is written: each has the id that is its place among them. All writers of the image's parts share
/// it, so that two parts which refer to one object do so after the move. After a failure it is of no use any more.
/// </summary>
internal sealed class WrittenObjects
{
    // It also keeps the objects alive: were a temporary one collected, the next object at its address could be taken for it.
    private readonly Dictionary<object, int> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<Type, int> _types = [];
    private OpenReferences _open = new();

    /// <summary>The suspended methods that are being written, for formatters of what only they hold.</summary>
    public Mobility.Stacks.StackWriter? Stack { get; set; }

    /// <summary>Gives a new object the next id, or an old one's id and false.</summary>
    public bool TryAdd(object value, out int id)
    {
        ref int known = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, value, out bool exists);
        if (!exists)
        {
            known = _entries.Count;
            _entries.Add(default);
        }

        id = known;
        return !exists;
    }

    /// <summary>Notes how the object that was just added will be read. Gives what <see cref="End"/> takes.</summary>
    public int Begin(int id, Type readsAs, bool createsFirst)
    {
        _entries[id] = new Entry(readsAs, createsFirst, IsOpen: true);
        int outer = _open.Current;
        _open.Current = id;
        return outer;
    }

    /// <summary>All of the object is written.</summary>
    public void End(int id, int outer)
    {
        _entries[id] = _entries[id] with { IsOpen = false };
        _open.Current = outer;
    }

    /// <inheritdoc cref="OpenReferences.Enter"/>
    public int EnterElements() => _open.Enter();

    /// <inheritdoc cref="OpenReferences.Leave"/>
    public bool LeaveElements(int lowest) => _open.Leave(lowest);

    /// <summary>Refuses a reference that the reader could not resolve: better the wire stays than that it arrives nowhere.</summary>
    public void CheckReference(int id, object value, Type declared)
    {
        Entry entry = _entries[id];
        if (entry is { IsOpen: true, CreatesFirst: false })
        {
            ImageErrors.ThrowCycle(entry.ReadsAs, -1);
        }

        if (entry.IsOpen)
        {
            _open.Note(id);
        }

        if (entry.ReadsAs != value.GetType() && !declared.IsAssignableFrom(entry.ReadsAs))
        {
            throw new WireSerializationException(
                $"A {value.GetType()} is referred to as {declared}, but was met as something else before, and is moved as a {entry.ReadsAs}. Let the generator see its own type: name it in a field or a method of a wire", declared, -1);
        }
    }

    /// <summary>Gives a new type the next number, or an old one's number and false.</summary>
    public bool TryAdd(Type type, out int number)
    {
        if (_types.TryGetValue(type, out number))
        {
            return false;
        }

        number = _types.Count;
        _types.Add(type, number);
        return true;
    }

    private readonly record struct Entry(Type ReadsAs, bool CreatesFirst, bool IsOpen);
}
