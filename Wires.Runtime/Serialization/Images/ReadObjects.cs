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
    private OpenReferences _open = new();
    private List<Action>? _deferred;

    /// <summary>The suspended methods that are being read, for formatters of what only they hold.</summary>
    public Mobility.Stacks.StackReader? Stack { get; set; }

    /// <summary>How many types were named by now.</summary>
    public int TypeCount => _types.Count;

    /// <summary>Gives the next id to an object that a formatter is about to read. Gives what <see cref="End"/> takes.</summary>
    public int Begin(Type formatted)
    {
        if (_count == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * _count);
        }

        int outer = _open.Current;
        _open.Current = _count++;
        _slots[_open.Current].Formatted = formatted;
        return outer;
    }

    /// <summary>
    /// Notes the object that is being read before its members are. A formatter may have handed the work to that of another type, which
    /// announces something else: that is left out.
    /// </summary>
    public void Announce(Type formatted, object value)
    {
        if (_open.Current != Nothing && _slots[_open.Current] is { Value: null } slot && slot.Formatted == formatted)
        {
            _slots[_open.Current].Value = value;
        }
    }

    /// <summary>All of the object is read.</summary>
    public void End(int outer, object? value, long offset)
    {
        ref Slot slot = ref _slots[_open.Current];
        if (value is null || (slot.Value is not null && !ReferenceEquals(slot.Value, value)))
        {
            throw new WireSerializationException("An object of the image was read as null, or as another than its formatter has announced", slot.Formatted, offset);
        }

        slot.Value = value;
        slot.IsComplete = true;
        _open.Current = outer;
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
            _open.Note((int)id);
        }

        return slot.Value is T value ? value : throw new WireSerializationException(
            string.Create(CultureInfo.InvariantCulture, $"The object with id {id} is a {slot.Value.GetType()}"), typeof(T), offset);
    }

    /// <inheritdoc cref="OpenReferences.Enter"/>
    public int EnterElements() => _open.Enter();

    /// <inheritdoc cref="OpenReferences.Leave"/>
    public bool LeaveElements(int lowest) => _open.Leave(lowest);

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
