using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>Finds what a call of an interface or virtual method runs, where the compilation has one answer. Built when the first such call asks.</summary>
internal sealed class Implementations
{
    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> _classes = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IMethodSymbol?> _known = new(SymbolEqualityComparer.Default);

    public Implementations(Compilation compilation)
    {
        foreach (INamedTypeSymbol type in SourceTypes.Of(compilation.Assembly.GlobalNamespace))
        {
            if (type.TypeKind is TypeKind.Class or TypeKind.Struct)
            {
                foreach (INamedTypeSymbol contract in type.AllInterfaces)
                {
                    Add(contract, type);
                }

                for (INamedTypeSymbol? level = type.BaseType; level is { SpecialType: SpecialType.None }; level = level.BaseType)
                {
                    Add(level, type);
                }
            }
        }

        void Add(INamedTypeSymbol above, INamedTypeSymbol type)
        {
            if (!above.DeclaringSyntaxReferences.IsEmpty)
            {
                above = above.OriginalDefinition;
                if (!_classes.TryGetValue(above, out List<INamedTypeSymbol>? below))
                {
                    _classes.Add(above, below = []);
                }

                below.Add(type);
            }
        }
    }

    /// <summary>The only body that a call of this virtual method can run, or null.</summary>
    public IMethodSymbol? Single(IMethodSymbol method) => _known.GetOrAdd(method, Find);

    private IMethodSymbol? Find(IMethodSymbol method)
    {
        IMethodSymbol? only = method.IsAbstract ? null : method;
        if (!_classes.TryGetValue(method.ContainingType.OriginalDefinition, out List<INamedTypeSymbol>? classes))
        {
            return only;
        }

        foreach (INamedTypeSymbol type in classes)
        {
            IMethodSymbol? implementation = method.ContainingType.TypeKind == TypeKind.Interface ? InClass(type, method) : Override(type, method);
            if (implementation is { IsAbstract: false } && !SymbolEqualityComparer.Default.Equals(implementation.OriginalDefinition, only))
            {
                if (only is not null)
                {
                    return null;
                }

                only = implementation.OriginalDefinition;
            }
        }

        // The method that implements an interface may be overridden in its turn.
        return only is null || only.DeclaringSyntaxReferences.IsEmpty ? null
            : method.ContainingType.TypeKind == TypeKind.Interface && (only.IsVirtual || only.IsOverride) && !only.IsSealed && !only.ContainingType.IsSealed ? Single(only)
            : only;
    }

    private static IMethodSymbol? InClass(INamedTypeSymbol type, IMethodSymbol promised)
    {
        foreach (INamedTypeSymbol contract in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, promised.ContainingType))
            {
                foreach (ISymbol member in contract.GetMembers(promised.Name))
                {
                    if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, promised))
                    {
                        return type.FindImplementationForInterfaceMember(member) as IMethodSymbol;
                    }
                }
            }
        }

        return null;
    }

    private static IMethodSymbol? Override(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (ISymbol member in type.GetMembers(method.Name))
        {
            for (IMethodSymbol? level = (member as IMethodSymbol)?.OverriddenMethod; level is not null; level = level.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(level.OriginalDefinition, method))
                {
                    return (IMethodSymbol)member;
                }
            }
        }

        return null;
    }
}
