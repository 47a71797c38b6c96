namespace Wires.Generators.Memory;

/// <summary>FNV-1a by 16-bit units: 64 bits, so that two states of a solution do not meet by chance.</summary>
internal static class Hash
{
    public const ulong Start = 0xCBF29CE484222325UL;
    private const ulong Prime = 0x100000001B3UL;

    public static ulong Add(ulong hash, string text)
    {
        unchecked
        {
            foreach (var c in text)
            {
                hash = (hash ^ c) * Prime;
            }

            // Keeps `ab` + `c` and `a` + `bc` apart.
            return (hash ^ 0xFFFF) * Prime;
        }
    }

    public static ulong Add(ulong hash, ulong value)
    {
        unchecked
        {
            hash = (hash ^ (value & 0xFFFFFFFF)) * Prime;
            hash = (hash ^ (value >> 32)) * Prime;
            return hash ^ (hash >> 29);
        }
    }
}
