using Microsoft.CodeAnalysis;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>The refs of one compilation's own wires, by the names under which its members know them. Lives as long as its compilation.</summary>
internal sealed class PendingRefs(Compilation compilation)
{
    private readonly Dictionary<(string Name, int Arity, ISymbol? Container, SyntaxTree? Tree, ISymbol? Scope), string?> _known = [];
    private readonly TypeNames _names = new(refs: null);

    /// <inheritdoc cref="WireRefLookup"/>
    public string? Find(INamedTypeSymbol type, ISymbol? usedBy)
    {
        // What a bare name means depends on the file and the type that it stands in.
        var tree = usedBy?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree;
        var key = (type.Name, type.Arity, type.ContainingSymbol as ISymbol, tree, usedBy as INamedTypeSymbol ?? usedBy?.ContainingType ?? usedBy?.ContainingSymbol);
        if (!_known.TryGetValue(key, out var name))
        {
            name = Resolve(type, usedBy ?? compilation.Assembly);
            _known.Add(key, name);
        }

        return name;
    }

    private string? Resolve(INamedTypeSymbol type, ISymbol usedBy)
    {
        var scope = new MemberScope(compilation, usedBy, wire: null);
        if (type.TypeKind != TypeKind.Error)
        {
            return RefResolver.IsRef(type, scope) ? NameOf(type, type.Name) : null;
        }

        var wire = RefResolver.FindWire(type, scope) ?? FindOnly(type);
        return wire is null ? null : NameOf(wire, wire.Name + RefResolver.Suffix);
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

    private string NameOf(INamedTypeSymbol beside, string name)
    {
        var container = beside.ContainingType is { } outer ? _names.Of(outer) + "." : TypeNames.Prefix(beside.ContainingNamespace);
        return container + TypeNames.Escape(name);
    }
}
