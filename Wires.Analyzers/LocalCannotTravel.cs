using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE3002: what a suspended <c>WireTask</c> method still needs after an await, and cannot take along.</summary>
/// <remarks>Liveness is that of a Release build: only what some path reads after the await is a field of the method's frame then.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LocalCannotTravel() : WireRule(Rules.LocalCannotTravel)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        // In wires, functions inside of other methods may be frames too.
        WireCode.OnBodies(context, wires, (c, body) =>
        {
            if (body.Owner is IMethodSymbol method)
            {
                foreach (IOperation block in body.Blocks)
                {
                    Check(c, block, method, wires);
                }
            }
        });

        // Any class may declare a WireTask method that a wire awaits. All its other methods are spared the binding of their bodies.
        context.RegisterSemanticModelAction(c =>
        {
            foreach (MethodDeclarationSyntax declaration in WireBodies.DeclarationsIn(c.SemanticModel.SyntaxTree, c.CancellationToken).SelectMany(static t => t.Members).OfType<MethodDeclarationSyntax>())
            {
                if (((SyntaxNode?)declaration.Body ?? declaration.ExpressionBody) is { } body && declaration.Modifiers.Any(SyntaxKind.AsyncKeyword)
                    && c.SemanticModel.GetDeclaredSymbol(declaration, c.CancellationToken) is { } method && IsFrame(method, wires) && !wires.IsPartOfWire(method.ContainingType)
                    && c.SemanticModel.GetOperation(body, c.CancellationToken) is { } block)
                {
                    Check(c, block, method, wires);
                }
            }
        });
    }

    private void Check(SemanticModelAnalysisContext context, IOperation block, IMethodSymbol method, WireCompilation wires)
    {
        if (block is IBlockOperation && HasAwait(block) && ControlFlowGraph.Create(Root(block).Syntax, context.SemanticModel, context.CancellationToken) is { } graph)
        {
            Check(context, graph, method, wires);
        }
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    private void Check(SemanticModelAnalysisContext context, ControlFlowGraph graph, IMethodSymbol method, WireCompilation wires)
    {
        if (IsFrame(method, wires))
        {
            Report(context, graph, method, wires);
        }

        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            Check(context, graph.GetLocalFunctionControlFlowGraph(local, context.CancellationToken), local, wires);
        }

        foreach (IFlowAnonymousFunctionOperation lambda in graph.Blocks.SelectMany(static b => AwaitLiveness.Steps(b)).SelectMany(static s => s.DescendantsAndSelf()).OfType<IFlowAnonymousFunctionOperation>())
        {
            if (lambda.Symbol.IsAsync)
            {
                Check(context, graph.GetAnonymousFunctionControlFlowGraph(lambda, context.CancellationToken), lambda.Symbol, wires);
            }
        }
    }

    private void Report(SemanticModelAnalysisContext context, ControlFlowGraph graph, IMethodSymbol method, WireCompilation wires)
    {
        var reported = new HashSet<object>();
        foreach ((IOperation await, AliveValue alive) in AwaitLiveness.Of(graph, method).OrderBy(static a => a.Await.Syntax.SpanStart))
        {
            if (reported.Contains(alive.Identity) || Problem(alive, wires) is not { } reason)
            {
                continue;
            }

            reported.Add(alive.Identity);
            Location where = alive.Variable is { } variable ? variable.Locations[0] : alive.Value!.Syntax.GetLocation();
            string name = alive.Variable?.Name ?? Shorten(alive.Value!.Syntax.ToString());
            context.ReportDiagnostic(Diagnostic.Create(Rule, where, [await.Syntax.GetLocation()], name, Shown(await), reason));
        }
    }

    private static string? Problem(AliveValue alive, WireCompilation wires)
    {
        if (alive.Value is { } value && ForEachSource.IsEnumerator(value))
        {
            return ForEachSource.Problem(value, wires);
        }

        return alive.Type is { } type && !TravelsInFrame(type, wires) ? wires.Travel.Problem(type)?.Reason : null;
    }

    // What a field cannot hold a frame may: a pending task is kept for it by the node it leaves, a token travels, and values are written by their run-time type.
    private static bool TravelsInFrame(ITypeSymbol type, WireCompilation wires) =>
        WellKnownTypes.Is(type, wires.Types.Task) || WellKnownTypes.Is(type, wires.Types.TaskOf) || WellKnownTypes.Is(type, wires.Types.ValueTask) || WellKnownTypes.Is(type, wires.Types.ValueTaskOf)
        || WellKnownTypes.Is(type, wires.Types.WireTask) || WellKnownTypes.Is(type, wires.Types.WireTaskOf) || WellKnownTypes.Is(type, wires.Types.CancellationToken)
        || type.IsRefLikeType || wires.IsPartOfWire(type as INamedTypeSymbol)
        || type is IArrayTypeSymbol { ElementType: var element } && TravelsInFrame(element, wires)
        || type is INamedTypeSymbol { IsGenericType: true } generic && TravelTable.HasFormatter(generic) && generic.TypeArguments.Any(a => TravelsInFrame(a, wires))
        || type.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum or SpecialType.System_Array
        || type.TypeKind is TypeKind.Interface or TypeKind.Dynamic or TypeKind.Error
        || (type.IsAbstract && TravelTable.Refusal(type) is null)
        || IsException(type);

    // The runtime carries failures between nodes; a caught one is a failure at hand.
    private static bool IsException(ITypeSymbol type)
    {
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (level is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFrame(IMethodSymbol method, WireCompilation wires) =>
        method.IsAsync && (WellKnownTypes.Is(method.ReturnType, wires.Types.WireTask) || WellKnownTypes.Is(method.ReturnType, wires.Types.WireTaskOf));

    private static bool HasAwait(IOperation block) =>
        block.Syntax.DescendantTokens().Any(static t => t.ValueText == "await");

    private static string Shown(IOperation await) => await.Syntax switch
    {
        AwaitExpressionSyntax expression => Shorten(expression.ToString()),
        _ when await.Syntax.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is { AwaitKeyword.RawKind: not 0 } => "await foreach",
        _ => "await using",
    };

    private static string Shorten(string text)
    {
        int line = text.IndexOfAny(['\r', '\n']);
        text = line < 0 ? text : text.Substring(0, line).TrimEnd() + "…";
        return text.Length <= 60 ? text : text.Substring(0, 59) + "…";
    }
}
