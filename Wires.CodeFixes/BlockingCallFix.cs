using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE2001: awaits the twin of a blocking call, and makes the method async where its callers hold a ref anyway.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingCallFix() : WireFix(RuleIds.BlockingCall, "Await instead of blocking")
{
    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(BlockingCall.Twin, out string? twin) || node is not ExpressionSyntax blocking
            || !MakeAsync.CanAwaitAt(editor.SemanticModel, blocking) || Awaited(editor, blocking, twin!) is not { } awaited)
        {
            return false;
        }

        bool needsParentheses = blocking.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax;
        editor.ReplaceNode(blocking, (needsParentheses ? (ExpressionSyntax)SyntaxFactory.ParenthesizedExpression(awaited) : awaited).WithTriviaFrom(blocking));
        MakeAsync.Around(editor, blocking);
        return true;
    }

    private static AwaitExpressionSyntax? Awaited(DocumentEditor editor, ExpressionSyntax blocking, string twin)
    {
        ExpressionSyntax? operand = twin switch
        {
            BlockingCalls.AwaitReceiver => Receiver(blocking),
            BlockingCalls.Delay => Delay(editor, blocking),
            BlockingCalls.WhenAll => WhenAll(blocking),
            _ => Renamed(blocking, twin),
        };
        if (operand is null)
        {
            return null;
        }

        // Written out and bound where it is to stand: an overload without a twin gets no fix. Ours are known to be there.
        ITypeSymbol? type = twin == BlockingCalls.Delay ? null : editor.SemanticModel.GetSpeculativeTypeInfo(blocking.SpanStart, operand, SpeculativeBindingOption.BindAsExpression).Type;
        bool isAwaitable = twin == BlockingCalls.Delay || (type is not (null or IErrorTypeSymbol) && !type.GetMembers("GetAwaiter").IsEmpty);
        return isAwaitable ? SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), operand.WithoutTrivia()) : null;
    }

    // x.Result, x.Wait(), x.GetAwaiter().GetResult(), x.ConfigureAwait(false).GetAwaiter().GetResult()
    private static ExpressionSyntax? Receiver(ExpressionSyntax blocking) => blocking switch
    {
        MemberAccessExpressionSyntax result => result.Expression,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter } } } =>
            awaiter.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } configured } ? configured.Expression : awaiter.Expression,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax wait } => wait.Expression,
        _ => null,
    };

    private static ExpressionSyntax? Delay(DocumentEditor editor, ExpressionSyntax blocking)
    {
        if (blocking is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments })
        {
            return null;
        }

        ExpressionSyntax time = arguments[0].Expression;
        bool isSpan = editor.SemanticModel.GetTypeInfo(time).Type?.Name == nameof(TimeSpan);
        string span = isSpan ? time.ToString() : $"TimeSpan.FromMilliseconds({time})";
        return SyntaxFactory.ParseExpression($"{Names.Of(editor.SemanticModel, blocking.SpanStart, "Wire")}.Delay({span})");
    }

    private static InvocationExpressionSyntax? WhenAll(ExpressionSyntax blocking) =>
        blocking is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            ? call.WithExpression(access.WithName(SyntaxFactory.IdentifierName("WhenAll")))
            : null;

    private static InvocationExpressionSyntax? Renamed(ExpressionSyntax blocking, string twin) =>
        blocking is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax } access } call
            ? call.WithExpression(access.WithName(SyntaxFactory.IdentifierName(twin)))
            : null;
}
