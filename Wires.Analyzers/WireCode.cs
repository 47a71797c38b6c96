using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>Registers rules for the code of wires alone: other classes of the compilation are not even asked for their operations.</summary>
/// <remarks>Not as actions at the start of symbols: the driver then puts together the actions of each such rule for each symbol of the compilation,
/// which in a compilation of few wires and many other classes costs far more than the rules themselves.</remarks>
internal static class WireCode
{
    /// <summary>Runs for methods, accessors and initializers of wire classes and their bases, lambdas and local functions included, not for types nested in them.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("MicrosoftCodeAnalysisPerformance", "RS1012", Justification = "It registers what its callers pass.")]
    public static void OnBodies(CompilationStartAnalysisContext context, WireCompilation wires, Action<SemanticModelAnalysisContext, WireBody> action) =>
        context.RegisterSemanticModelAction(c =>
        {
            foreach (WireBody body in WireBodies.Of(c.SemanticModel, wires, c.CancellationToken))
            {
                action(c, body);
            }
        });

    /// <summary>Runs for the operations of these kinds in the same code.</summary>
    public static void OnOperations(CompilationStartAnalysisContext context, WireCompilation wires, Action<WireOperation> action, params OperationKind[] kinds) =>
        OnBodies(context, wires, (c, body) =>
        {
            foreach (IOperation operation in body.Operations)
            {
                if (Array.IndexOf(kinds, operation.Kind) >= 0)
                {
                    action(new WireOperation(c, body, operation));
                }
            }
        });

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
