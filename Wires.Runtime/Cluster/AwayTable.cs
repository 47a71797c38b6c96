using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>Wires of this node's slots that live on other nodes.</summary>
internal sealed class AwayTable
{
    /// <summary>Of slots that are others', so that a node that goes on for months does not keep them all.</summary>
    private const int MaxLost = 100_000;

    private readonly Lock _lock = new();
    private int _lost;
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

    /// <summary>The wire is no longer there; no effect if it is known to be elsewhere, or in a later epoch.</summary>
    public bool Remove(int slot, string type, WireKey key, long incarnation, long epoch = long.MaxValue)
    {
        lock (_lock)
        {
            return _bySlot[slot] is { } wires && wires.TryGetValue((type, key), out Entry known) && known.Incarnation == incarnation && known.Epoch <= epoch && wires.Remove((type, key));
        }
    }

    /// <summary>Forgets the wires of slots that are others', but those that were lost with their node: the slot's next home is told of them.</summary>
    public void Prune(View view, long me)
    {
        lock (_lock)
        {
            _lost = 0;
            for (int slot = 0; slot < Slots.Count; slot++)
            {
                if (_bySlot[slot] is not { } wires || view.OwnerOf(slot) == me)
                {
                    continue;
                }

                foreach (((string, WireKey) wire, Entry entry) in wires)
                {
                    if (view.Contains(entry.Incarnation) || ++_lost > MaxLost)
                    {
                        wires.Remove(wire);
                    }
                }
            }
        }
    }

    /// <summary>Wires of these slots that were lost with their node and have not come to life anew since.</summary>
    public IReadOnlyList<HostedWire> LostIn(SlotSet slots, View view)
    {
        List<HostedWire> lost = [];
        lock (_lock)
        {
            for (int slot = 0; slot < Slots.Count; slot++)
            {
                if (_bySlot[slot] is { Count: > 0 } wires && slots.Contains(slot))
                {
                    lost.AddRange(wires.Where(wire => !view.Contains(wire.Value.Incarnation)).Select(static wire => new HostedWire(wire.Key.Type, wire.Key.Key, wire.Value.Epoch, wire.Value.Incarnation)));
                }
            }
        }

        return lost;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long Incarnation, long Epoch);
}
