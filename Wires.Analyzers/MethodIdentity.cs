using System.Text;
using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>The identity of a message between nodes, as the generator computes it: a hash of the signature text.</summary>
internal static class MethodIdentity
{
    public static string Signature(IMethodSymbol method)
    {
        var text = new StringBuilder(method.Name).Append('(');
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.Ordinal > 0)
            {
                text.Append(',');
            }

            SignatureText.Append(text, parameter.Type);
        }

        return text.Append(')').ToString();
    }

    /// <summary>FNV-1a of the UTF-8 text (Fowler, Noll, Vo), then the finalizer of MurmurHash3 (Appleby), as the generator has it.</summary>
    public static ulong Hash(string signature)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(signature))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }
}
