using System.Numerics;

namespace Wires.Cluster;

/// <summary>Some of the slots.</summary>
internal sealed class SlotSet
{
    private readonly ulong[] _bits = new ulong[Slots.Count / 64];

    public int Count { get; private set; }

    public bool Contains(int slot) => (_bits[slot >> 6] >> (slot & 63) & 1) != 0;

    public bool Add(int slot)
    {
        if (Contains(slot))
        {
            return false;
        }

        _bits[slot >> 6] |= 1UL << (slot & 63);
        Count++;
        return true;
    }

    public bool Remove(int slot)
    {
        if (!Contains(slot))
        {
            return false;
        }

        _bits[slot >> 6] &= ~(1UL << (slot & 63));
        Count--;
        return true;
    }

    public IEnumerable<int> All()
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            for (ulong rest = _bits[i]; rest != 0; rest &= rest - 1)
            {
                yield return (i << 6) + BitOperations.TrailingZeroCount(rest);
            }
        }
    }
}
