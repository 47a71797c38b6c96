using Microsoft.CodeAnalysis;
using Wires.Generators.Identity;

namespace Wires.Analyzers;

/// <summary>The identity of a message between nodes, as the generator computes it: a hash of the signature text.</summary>
internal static class MethodIdentity
{
    // The refs are there by now, and what generated code cannot name is no message.
    public static string Signature(IMethodSymbol method) =>
        $"{method.Name}({string.Join(",", method.Parameters.Select(static p => SignatureText.Of(p.Type, static _ => null, static _ => true) ?? p.Type.ToDisplayString()))})";

    public static ulong Hash(string signature) => SignatureHash.Of(signature);
}
