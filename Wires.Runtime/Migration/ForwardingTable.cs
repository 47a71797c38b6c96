using Wires.Infrastructure;

namespace Wires.Migration;

/// <summary>Where wires went that left a node lately: it spares their callers the way over the home. Holds so many, the latest.</summary>
internal sealed class ForwardingTable
{
    private const int MaxCount = 64 * 1024;

    private readonly Lock _lock = new();
    private Dictionary<WireHandle, long> _young = [];
    private Dictionary<WireHandle, long> _old = [];

    public void Add(WireHandle handle, long incarnation)
    {
        lock (_lock)
        {
            if (_young.Count >= MaxCount / 2)
            {
                (_old, _young) = (_young, []);
            }

            _young[handle] = incarnation;
        }
    }

    public void Remove(WireHandle handle)
    {
        lock (_lock)
        {
            _young.Remove(handle);
            _old.Remove(handle);
        }
    }

    /// <summary>0 for a wire that is not known.</summary>
    public long Find(WireHandle handle)
    {
        lock (_lock)
        {
            return _young.TryGetValue(handle, out long incarnation) || _old.TryGetValue(handle, out incarnation) ? incarnation : 0;
        }
    }
}
