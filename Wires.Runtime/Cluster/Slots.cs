using System.Collections.Immutable;

namespace Wires.Cluster;

/// <summary>The hash ranges of wires, and which member each should belong to.</summary>
internal static class Slots
{
    public const int Count = 4096;

    /// <summary>The slot of a wire: alike on every node, whatever its build.</summary>
    public static int Of(string type, WireKey key)
    {
        ulong hash = Add(14695981039346656037UL, type);
        if (key.TryGetString(out string? text))
        {
            hash = Add(hash * 3, text);
        }
        else if (key.TryGetInt64(out long number))
        {
            hash = Mix(hash * 5 ^ Mix((ulong)number));
        }
        else if (key.TryGetGuid(out Guid guid))
        {
            Span<byte> bytes = stackalloc byte[16];
            guid.TryWriteBytes(bytes);
            hash = Mix(hash * 7 ^ Mix(BitConverter.ToUInt64(bytes)));
            hash = Mix(hash ^ BitConverter.ToUInt64(bytes[8..]));
        }

        return (int)(Mix(hash) & (Count - 1));
    }

    /// <summary>
    /// The member that should own a slot; null if there is none to own it. Weighted rendezvous hashing (Schindelhauer and Schomaker, 2005): each member draws a number per slot, the highest
    /// wins; with -w/ln(u) each wins in proportion to its weight, and a member that comes or goes moves no slot between two others.
    /// </summary>
    public static Member? OwnerOf(int slot, ImmutableArray<Member> members)
    {
        Member? best = null;
        double highest = 0;
        foreach (Member member in members)
        {
            if (member.IsLeaving)
            {
                continue;
            }

            // 53 bits, never 0 and never 1.
            double draw = ((Mix((ulong)member.Incarnation ^ Mix((ulong)slot + 1)) >> 11) + 0.5) / (1UL << 53);
            double score = -member.Speed / Math.Log(draw);
            if (best is null || score > highest || (score == highest && member.Incarnation > best.Incarnation))
            {
                (best, highest) = (member, score);
            }
        }

        return best;
    }

    // FNV-1a over UTF-16, because the runtime's own string hash differs from process to process.
    private static ulong Add(ulong hash, string text)
    {
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Mix(hash);
    }

    // Finalizer of SplitMix64 (Steele, Lea, Flood).
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
