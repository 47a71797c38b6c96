using Microsoft.CodeAnalysis;

namespace Wires.Generators.Parsing;

/// <summary>
/// Finds the wire class that a ref belongs to. A generator never sees what it is about to generate, so <c>AccountRef</c> is an unknown name
/// while <c>Account</c> is in the same compilation: it is known by its name.
/// </summary>
internal static class RefResolver
{
    public const string Suffix = "Ref";

    /// <summary>Whether the type is a ref: one from another assembly, or one that is yet to be generated.</summary>
    public static bool IsRef(ITypeSymbol type, MemberScope scope) => type.TypeKind switch
    {
        TypeKind.Error => FindWire((INamedTypeSymbol)type, scope) is not null,
        TypeKind.Struct => type.Implements("Wires", "IWireRef") || IsDeclaredInPart((INamedTypeSymbol)type),
        _ => false,
    };

    /// <summary>The wire class, unconstructed, of a ref that does not exist yet.</summary>
    public static INamedTypeSymbol? FindWire(INamedTypeSymbol error, MemberScope scope)
    {
        if (!error.Name.EndsWith(Suffix, StringComparison.Ordinal) || error.Name.Length == Suffix.Length)
        {
            return null;
        }

        var name = error.Name.Substring(0, error.Name.Length - Suffix.Length);

        // `Ns.AccountRef` and `Outer.AccountRef` know what they were looked up in, a bare name does not.
        var candidates = error.ContainingSymbol switch
        {
            INamedTypeSymbol container => container.GetTypeMembers(name, error.Arity),
            INamespaceSymbol { IsGlobalNamespace: false } container => container.GetTypeMembers(name, error.Arity),
            _ => scope.Lookup(name),
        };
        foreach (var candidate in candidates)
        {
            if (candidate is INamedTypeSymbol type && type.Arity == error.Arity && type.IsWireClass())
            {
                return type;
            }
        }

        return null;
    }

    // The user may write a part of the ref (to add members); then the name is known but the interface is not there yet.
    private static bool IsDeclaredInPart(INamedTypeSymbol type)
    {
        if (type.Locations.Length == 0 || !type.Locations[0].IsInSource || !type.Name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return false;
        }

        var name = type.Name.Substring(0, type.Name.Length - Suffix.Length);
        foreach (var sibling in ((INamespaceOrTypeSymbol)type.ContainingSymbol).GetTypeMembers(name, type.Arity))
        {
            if (sibling.IsWireClass())
            {
                return true;
            }
        }

        return false;
    }
}
