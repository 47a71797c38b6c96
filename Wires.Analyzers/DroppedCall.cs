using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE2006: a call to a wire that is a statement, so that nobody waits for it or sees its failure.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedCall() : WireRule(Rules.DroppedCall, WireUse.Ref)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        RefMentions.OnCalls(context, IsStatement, (c, call) => Check(c, call, wires));

    // `a.M();`, `a?.M();`, and a body that is the call alone: whether its value is dropped there, the operation says.
    private static bool IsStatement(InvocationExpressionSyntax call)
    {
        SyntaxNode? outer = call.Parent;
        while (outer is ConditionalAccessExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            outer = outer.Parent;
        }

        return outer is ExpressionStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax or ForStatementSyntax;
    }

    private void Check(SemanticModelAnalysisContext context, IInvocationOperation call, WireCompilation wires)
    {
        IOperation statement = call.Parent is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, call) ? access : call;
        if (statement.Parent is IExpressionStatementOperation && call.TargetMethod is { IsStatic: false } method
            && wires.IsWireRef(method.ContainingType)
            && (WellKnownTypes.Is(method.ReturnType, wires.Types.ValueTask) || WellKnownTypes.Is(method.ReturnType, wires.Types.ValueTaskOf))
            && !IsOneWay(method, wires))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), method.Name));
        }
    }

    // Its ValueTask says only that the message is queued, and whoever made it one-way wanted no answer.
    private static bool IsOneWay(IMethodSymbol refMethod, WireCompilation wires) =>
        WireCompilation.Has(refMethod, wires.Types.OneWay)
        || (wires.WireMethodOf(refMethod) is { } method && WireCompilation.Has(method, wires.Types.OneWay));
}
