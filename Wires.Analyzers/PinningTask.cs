using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE3003: an async method of a wire that returns a task of the base library, whose stack cannot travel.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PinningTask() : WireRule(Rules.PinningTask)
{
    /// <summary>Set when every use in the class awaits the call at once, so that the return type can change under it.</summary>
    public const string CanReturnWireTask = nameof(CanReturnWireTask);

    private static readonly ImmutableDictionary<string, string?> Fixable = ImmutableDictionary<string, string?>.Empty.Add(CanReturnWireTask, null);

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        WireCode.OnBodies(context, wires, (c, body) =>
        {
            if (body.Owner is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && IsPinning(method, wires) && !WireCode.HasFixedSignature(method))
            {
                // Callers outside the class, other than through the ref, can be seen only where the method is private.
                Report(c, method, body, isFixable: method.DeclaredAccessibility == Accessibility.Private || wires.IsMessage(method), wires);
            }

            foreach (IOperation operation in body.Operations)
            {
                if (operation is ILocalFunctionOperation { Symbol: var local } && IsPinning(local, wires))
                {
                    Report(c, local, body, isFixable: true, wires);
                }
            }
        });

    private void Report(SemanticModelAnalysisContext context, IMethodSymbol method, WireBody body, bool isFixable, WireCompilation wires)
    {
        isFixable = isFixable && !HasOtherUse(method, body.Owner.ContainingType, wires, context.CancellationToken);
        string returned = method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        string better = "WireTask" + returned.Substring(method.ReturnType.Name.Length);
        context.ReportDiagnostic(Diagnostic.Create(
            Rule, method.Locations[0], isFixable ? Fixable : ImmutableDictionary<string, string?>.Empty, method.Name, returned, better));
    }

    // A use that is not awaited on the spot (Task.WhenAll, a field, a delegate) may need a Task. Asked for what is reported only, so it binds little.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("MicrosoftCodeAnalysisCorrectness", "RS1030", Justification = "The other parts of the class are in other files.")]
    private static bool HasOtherUse(IMethodSymbol method, INamedTypeSymbol type, WireCompilation wires, CancellationToken cancellation)
    {
        foreach (SyntaxReference part in type.DeclaringSyntaxReferences)
        {
            // The generator's part does await.
            SemanticModel? model = null;
            foreach (SimpleNameSyntax name in IsGenerated(part.SyntaxTree) ? [] : part.GetSyntax(cancellation).DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (name.Identifier.ValueText == method.Name && !IsAwaitedCall(name)
                    && (model ??= wires.Compilation.GetSemanticModel(part.SyntaxTree)).GetSymbolInfo(name, cancellation).Symbol is { } used
                    && SymbolEqualityComparer.Default.Equals(used.OriginalDefinition, method))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsGenerated(SyntaxTree tree) => tree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase);

    private static bool IsAwaitedCall(SimpleNameSyntax name)
    {
        SyntaxNode? use = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access.Parent : name.Parent;
        if (use is InvocationExpressionSyntax)
        {
            do
            {
                use = use.Parent;
            }
            while (use is ParenthesizedExpressionSyntax);
        }

        return use is AwaitExpressionSyntax;
    }

    private static bool IsPinning(IMethodSymbol method, WireCompilation wires) =>
        method.IsAsync
        && (WellKnownTypes.Is(method.ReturnType, wires.Types.Task) || WellKnownTypes.Is(method.ReturnType, wires.Types.TaskOf)
            || WellKnownTypes.Is(method.ReturnType, wires.Types.ValueTask) || WellKnownTypes.Is(method.ReturnType, wires.Types.ValueTaskOf));
}
