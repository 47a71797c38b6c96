using System.Globalization;

namespace Wires.Serialization.Images;

/// <summary>
/// The objects of one migration image as it is read: each has the id that is its place among them. All readers of the image's parts share it.
/// After a failure it is of no use any more.
/// </summary>
internal sealed class ReadObjects
{
    private const int Nothing = -1;

    private readonly List<IObjectFormatter> _types = [];
    private Slot[] _slots = new Slot[8];
    private int _count;
    private int _current = Nothing;
    private int _lowestOpen = int.MaxValue;
    private List<Action>? _deferred;

    /// <summary>How many types were named by now.</summary>
    public int TypeCount => _types.Count;

    /// <summary>Gives the next id to an object that a formatter is about to read. Gives what <see cref="End"/> takes.</summary>
    public int Begin(Type formatted)
    {
        if (_count == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * _count);
        }

        int outer = _current;
        _current = _count++;
        _slots[_current].Formatted = formatted;
        return outer;
    }

    /// <summary>
    /// Notes the object that is being read before its members are. A formatter may have handed the work to that of another type, which
    /// announces something else: that is left out.
    /// </summary>
    public void Announce(Type formatted, object value)
    {
        if (_current != Nothing && _slots[_current] is { Value: null, IsComplete: false } slot && slot.Formatted == formatted)
        {
            _slots[_current].Value = value;
        }
    }

    /// <summary>All of the object is read.</summary>
    public void End(int outer, object? value, long offset)
    {
        ref Slot slot = ref _slots[_current];
        if (value is null || (slot.Value is not null && !ReferenceEquals(slot.Value, value)))
        {
            throw new WireSerializationException("An object of the image was read as null, or as another than its formatter has announced", slot.Formatted, offset);
        }

        slot.Value = value;
        slot.IsComplete = true;
        _current = outer;
        if (outer == Nothing && _deferred is { Count: > 0 })
        {
            RunDeferred();
        }
    }

    /// <summary>The object with an id.</summary>
    /// <exception cref="WireSerializationException">There is none, its constructor has not run yet, or it is of another type.</exception>
    public T Get<T>(uint id, long offset)
    {
        if (id >= (uint)_count)
        {
            throw new WireSerializationException(string.Create(CultureInfo.InvariantCulture, $"There is no object with id {id}"), typeof(T), offset);
        }

        ref Slot slot = ref _slots[id];
        if (slot.Value is null)
        {
            ImageErrors.ThrowCycle(slot.Formatted, offset);
        }

        if (!slot.IsComplete)
        {
            _lowestOpen = Math.Min(_lowestOpen, (int)id);
        }

        return slot.Value is T value ? value : throw new WireSerializationException(
            string.Create(CultureInfo.InvariantCulture, $"The object with id {id} is a {slot.Value.GetType()}"), typeof(T), offset);
    }

    /// <summary>Starts to read what a collection may hash or compare. Gives what <see cref="LeaveElements"/> takes.</summary>
    public int EnterElements()
    {
        int lowest = _lowestOpen;
        _lowestOpen = int.MaxValue;
        return lowest;
    }

    /// <summary>Whether what was read refers to an object around it, whose members are not set yet: it cannot be hashed or compared.</summary>
    public bool LeaveElements(int lowest)
    {
        bool refersOut = _lowestOpen <= _current;
        _lowestOpen = Math.Min(_lowestOpen, lowest);
        return refersOut;
    }

    /// <summary>Does something when the outermost object, and so all that it leads to, is complete.</summary>
    public void Defer(Action fill) => (_deferred ??= []).Add(fill);

    /// <summary>Notes a type that was named.</summary>
    public void AddType(IObjectFormatter type) => _types.Add(type);

    /// <summary>A type that was named before.</summary>
    public IObjectFormatter GetType(int number) => _types[number];

    private void RunDeferred()
    {
        // Those inside come before those around them.
        foreach (Action fill in _deferred!)
        {
            fill();
        }

        _deferred.Clear();
    }

    private struct Slot
    {
        public object? Value;
        public Type Formatted;
        public bool IsComplete;
    }
}
