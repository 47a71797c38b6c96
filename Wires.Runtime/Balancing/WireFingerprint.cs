namespace Wires.Balancing;

/// <summary>64 bits that stand for a wire in sketches and exchanges: alike on every node, whatever its build. Two of a million wires share theirs with a probability of 3 in 10⁸.</summary>
internal static class WireFingerprint
{
    /// <summary>FNV-1a over the type's name and a text key, finalized by SplitMix64's mixer (Steele, Lea, Flood).</summary>
    public static ulong Of(in WireId id)
    {
        ulong hash = Add(14695981039346656037UL, id.Type);
        if (id.Key.TryGetString(out string? text))
        {
            return Add(hash * 3, text);
        }

        if (id.Key.TryGetInt64(out long number))
        {
            return Mix((hash * 5) ^ Mix((ulong)number));
        }

        Span<byte> bytes = stackalloc byte[16];
        id.Key.TryGetGuid(out Guid guid);
        guid.TryWriteBytes(bytes);
        return Mix(Mix((hash * 7) ^ Mix(BitConverter.ToUInt64(bytes))) ^ BitConverter.ToUInt64(bytes[8..]));
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Mix(hash);
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
