using System.Runtime.InteropServices;
using System.Text;
using Wires.Cluster;

namespace Wires.Remoting;

/// <summary>Which slot a wire falls into: the same on every node, whatever its build.</summary>
/// <remarks>FNV-1a 64 (Fowler, Noll, Vo) of the type's name and the key, each with a mark of its kind, mixed by MurmurHash3's finalizer (Appleby).</remarks>
internal static class WireSlot
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The slot, from 0 to <see cref="Slots.Count"/> - 1.</summary>
    public static int Of(string type, WireKey key)
    {
        ulong hash = Add(Basis, type);
        if (key.TryGetString(out string? text))
        {
            hash = Add((hash ^ 1) * Prime, text);
        }
        else if (key.TryGetInt64(out long number))
        {
            hash = Add((hash ^ 2) * Prime, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number)));
        }
        else if (key.TryGetGuid(out Guid guid))
        {
            hash = Add((hash ^ 3) * Prime, MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in guid)));
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return (int)((hash ^ (hash >> 33)) & (Slots.Count - 1));
    }

    private static ulong Add(ulong hash, string text)
    {
        Span<byte> small = stackalloc byte[256];
        int size = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = size <= small.Length ? small : new byte[size];
        return Add(hash, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * Prime;
        }

        return hash;
    }
}
