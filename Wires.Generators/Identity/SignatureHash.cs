using System.Text;

namespace Wires.Generators.Identity;

/// <summary>The identity of a method between nodes.</summary>
internal static class SignatureHash
{
    /// <summary>
    /// FNV-1a over the UTF-8 text, then the finalizer of MurmurHash3: the runtime looks methods up by the low bits, where FNV alone is weak for texts
    /// that differ at their end. Part of the wire protocol: never to be changed.
    /// </summary>
    public static ulong Of(string signature)
    {
        unchecked
        {
            var hash = 0xCBF29CE484222325UL;
            foreach (var b in Encoding.UTF8.GetBytes(signature))
            {
                hash = (hash ^ b) * 0x100000001B3UL;
            }

            hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
            hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
            return hash ^ (hash >> 33);
        }
    }
}
