using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>Registers rules for the code of wires alone: other classes of the compilation are not even asked for their operations.</summary>
internal static class WireCode
{
    /// <summary>Runs for operations in methods, initializers, lambdas and local functions of wire classes and their bases, not in types nested in them.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("MicrosoftCodeAnalysisPerformance", "RS1012", Justification = "It registers what its callers pass.")]
    public static void OnOperations(CompilationStartAnalysisContext context, WireCompilation wires, Action<OperationAnalysisContext> action, params ImmutableArray<OperationKind> kinds) =>
        context.RegisterSymbolStartAction(
            start =>
            {
                var type = (INamedTypeSymbol)start.Symbol;
                if (wires.IsPartOfWire(type))
                {
                    start.RegisterOperationAction(
                        c =>
                        {
                            if (SymbolEqualityComparer.Default.Equals(c.ContainingSymbol.ContainingType, type))
                            {
                                action(c);
                            }
                        },
                        kinds);
                }
            },
            SymbolKind.NamedType);

    /// <summary>Whether a base type or an interface fixes the signature of a method.</summary>
    public static bool HasFixedSignature(IMethodSymbol method)
    {
        if (method.IsOverride || method.IsVirtual || method.IsAbstract || !method.ExplicitInterfaceImplementations.IsEmpty || method.PartialImplementationPart is not null || method.PartialDefinitionPart is not null)
        {
            return true;
        }

        return ImplementsInterface(method);
    }

    public static bool ImplementsInterface(ISymbol member)
    {
        foreach (INamedTypeSymbol contract in member.ContainingType.AllInterfaces)
        {
            foreach (ISymbol promised in contract.GetMembers(member.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(promised), member))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
