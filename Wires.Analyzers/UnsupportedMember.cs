using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE4002: a public member of a wire class that the generator leaves out because no message can stand for it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsupportedMember() : WireRule(Rules.UnsupportedMember)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        context.RegisterSymbolAction(c => Check(c, wires), SymbolKind.Method, SymbolKind.Property, SymbolKind.Event);

    private void Check(SymbolAnalysisContext context, WireCompilation wires)
    {
        ISymbol member = context.Symbol;
        if (member.DeclaredAccessibility == Accessibility.Public && !member.IsStatic && wires.IsWireClass(member.ContainingType) && Unfit(member, wires) is { } reason)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, member.Locations[0], member.Name, reason));
        }
    }

    /// <summary>Why no message can stand for a method, or null.</summary>
    internal static string? Unfit(IMethodSymbol method)
    {
        if (method.IsGenericMethod)
        {
            return "it is generic, and the node that receives a message must know its types; make the class generic, or write one method per type";
        }

        if (method.RefKind != RefKind.None)
        {
            return "it returns a reference into the wire's own memory; return the value";
        }

        if (method.IsVararg)
        {
            return "its arguments have no declared types";
        }

        if (CannotLeaveTheStack(method.ReturnType))
        {
            return $"its result '{method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' points into memory of the callee";
        }

        if (method.Parameters.Count(static p => p.Type is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } }) > 1)
        {
            return "it has two CancellationTokens, and a call is cancelled once";
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.RefKind is RefKind.Ref or RefKind.Out or RefKind.RefReadOnlyParameter)
            {
                return $"parameter '{parameter.Name}' is passed by reference, and caller and wire share no memory; return the value";
            }

            if (CannotLeaveTheStack(parameter.Type))
            {
                return $"parameter '{parameter.Name}' of type '{parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' points into memory of the caller";
            }
        }

        return null;
    }

    private static string? Unfit(ISymbol member, WireCompilation wires) => member switch
    {
        IEventSymbol => "an event keeps delegates of other objects; let subscribers hand in their refs",
        IPropertySymbol { IsIndexer: true } => "an indexer cannot be awaited; make it a method",
        IMethodSymbol method when wires.IsMessage(method) => Unfit(method),
        _ => null,
    };

    private static bool CannotLeaveTheStack(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => true,
        { IsRefLikeType: true } => true,
        ITypeParameterSymbol { AllowsRefLikeType: true } => true,
        IArrayTypeSymbol array => CannotLeaveTheStack(array.ElementType),
        _ => false,
    };
}
