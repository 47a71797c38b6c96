using Microsoft.CodeAnalysis;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>The refs of one compilation's own wires, by the names under which its members know them. Lives as long as its compilation.</summary>
internal sealed class PendingRefs(Compilation compilation)
{
    private readonly Dictionary<(string Name, int Arity, ISymbol? Container, SyntaxTree? Tree, ISymbol? Scope), PendingRef?> _known = [];
    private readonly IdentityNames _names = new(refs: null);

    /// <inheritdoc cref="WireRefLookup"/>
    public PendingRef? Find(INamedTypeSymbol type, ISymbol? usedBy)
    {
        // What a bare name means depends on the file and the type that it stands in.
        var tree = usedBy?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree;
        var key = (type.Name, type.Arity, type.ContainingSymbol as ISymbol, tree, usedBy as INamedTypeSymbol ?? usedBy?.ContainingType ?? usedBy?.ContainingSymbol);
        if (!_known.TryGetValue(key, out var found))
        {
            found = Resolve(type, usedBy ?? compilation.Assembly);
            _known.Add(key, found);
        }

        return found;
    }

    private PendingRef? Resolve(INamedTypeSymbol type, ISymbol usedBy)
    {
        var scope = new MemberScope(compilation, usedBy, wire: null);
        if (type.TypeKind != TypeKind.Error)
        {
            return RefResolver.IsRef(type, scope) ? Create(type, type.ContainingType, type.Name) : null;
        }

        var wire = RefResolver.FindWire(type, scope) ?? FindOnly(type);
        return wire is null ? null : Create(wire, AsSeenBy(usedBy, wire.ContainingType), wire.Name + RefResolver.Suffix);
    }

    /// <summary>In a member of Outer&lt;int&gt; a bare name means a type in Outer&lt;int&gt;, which the error type does not know.</summary>
    private static INamedTypeSymbol? AsSeenBy(ISymbol usedBy, INamedTypeSymbol? container)
    {
        for (var outer = usedBy as INamedTypeSymbol ?? usedBy.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            for (var level = outer; level is not null; level = level.BaseType)
            {
                if (container is { IsDefinition: true } && SymbolEqualityComparer.Default.Equals(level.OriginalDefinition, container))
                {
                    return level;
                }
            }
        }

        return container;
    }

    /// <summary>An argument of a generic type may come from another file than the member whose type it closes; then only its name is known.</summary>
    private INamedTypeSymbol? FindOnly(INamedTypeSymbol type)
    {
        if (!type.Name.EndsWith(RefResolver.Suffix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = type.Name.Substring(0, type.Name.Length - RefResolver.Suffix.Length);
        var wires = name.Length == 0 ? [] : compilation.GetSymbolsWithName(name, SymbolFilter.Type).OfType<INamedTypeSymbol>().Where(t => t.Arity == type.Arity && t.IsWireClass()).ToList();
        return wires.Count == 1 ? wires[0] : null;
    }

    private PendingRef Create(INamedTypeSymbol beside, INamedTypeSymbol? container, string name) => new(
        (container is null ? IdentityNames.Prefix(beside.ContainingNamespace) : _names.Of(container) + ".") + Identifiers.EscapeType(name),
        container is not null && TypeClassifier.IsOpen(container),
        TypeClassifier.IsPrivate(beside));
}
