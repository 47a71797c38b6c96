using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>Wires of this node's slots that live on other nodes.</summary>
internal sealed class AwayTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Type, WireKey Key), Entry>?[] _bySlot = new Dictionary<(string, WireKey), Entry>?[Slots.Count];

    public bool TryGet(int slot, string type, WireKey key, out long incarnation, out long epoch)
    {
        lock (_lock)
        {
            Entry entry = default;
            bool isAway = _bySlot[slot]?.TryGetValue((type, key), out entry) == true;
            (incarnation, epoch) = (entry.Incarnation, entry.Epoch);
            return isAway;
        }
    }

    /// <summary>Of two that say where a wire is, the one with the higher epoch is right.</summary>
    public void Set(int slot, string type, WireKey key, long incarnation, long epoch)
    {
        lock (_lock)
        {
            Dictionary<(string, WireKey), Entry> wires = _bySlot[slot] ??= [];
            if (!wires.TryGetValue((type, key), out Entry known) || known.Epoch <= epoch)
            {
                wires[(type, key)] = new Entry(incarnation, epoch);
            }
        }
    }

    /// <summary>The wire is no longer there; no effect if it is known to be elsewhere.</summary>
    public bool Remove(int slot, string type, WireKey key, long incarnation)
    {
        lock (_lock)
        {
            return _bySlot[slot] is { } wires && wires.TryGetValue((type, key), out Entry known) && known.Incarnation == incarnation && wires.Remove((type, key));
        }
    }

    /// <summary>Forgets the wires of slots that are others'. Those of members that are gone stay until they are asked for: they are told as lost.</summary>
    public void Prune(View view, long me)
    {
        lock (_lock)
        {
            for (int slot = 0; slot < Slots.Count; slot++)
            {
                if (_bySlot[slot] is not null && view.OwnerOf(slot) != me)
                {
                    _bySlot[slot] = null;
                }
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long Incarnation, long Epoch);
}
