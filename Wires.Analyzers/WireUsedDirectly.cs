using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE1003: a wire class as the type of a variable, in <c>new</c> or in a cast.</summary>
/// <remarks>This is about names of types in the source, so it looks at syntax; a name is bound only if a ref of that name exists.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WireUsedDirectly() : WireRule(Rules.WireUsedDirectly, WireUse.Ref)
{
    /// <summary>The name of the ref, where it can stand in place of the class.</summary>
    public const string Ref = nameof(Ref);

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        var names = new Lazy<HashSet<string>>(() => CandidateNames(wires));
        Register<ParameterSyntax>(SyntaxKind.Parameter, static p => p.Type, canBeRef: true);
        Register<VariableDeclarationSyntax>(SyntaxKind.VariableDeclaration, static v => v.Type, canBeRef: true);
        Register<PropertyDeclarationSyntax>(SyntaxKind.PropertyDeclaration, static p => p.Type, canBeRef: true);
        Register<MethodDeclarationSyntax>(SyntaxKind.MethodDeclaration, static m => m.ReturnType, canBeRef: true);
        Register<LocalFunctionStatementSyntax>(SyntaxKind.LocalFunctionStatement, static m => m.ReturnType, canBeRef: true);
        Register<DelegateDeclarationSyntax>(SyntaxKind.DelegateDeclaration, static d => d.ReturnType, canBeRef: true);
        Register<ForEachStatementSyntax>(SyntaxKind.ForEachStatement, static f => f.Type, canBeRef: true);
        Register<DeclarationExpressionSyntax>(SyntaxKind.DeclarationExpression, static d => d.Type, canBeRef: true);
        Register<ObjectCreationExpressionSyntax>(SyntaxKind.ObjectCreationExpression, static o => o.Type, canBeRef: false);
        Register<CastExpressionSyntax>(SyntaxKind.CastExpression, static c => c.Type, canBeRef: false);
        Register<BinaryExpressionSyntax>(SyntaxKind.AsExpression, static b => b.Right as TypeSyntax, canBeRef: false);
        Register<BinaryExpressionSyntax>(SyntaxKind.IsExpression, static b => b.Right as TypeSyntax, canBeRef: false);
        Register<DeclarationPatternSyntax>(SyntaxKind.DeclarationPattern, static p => p.Type, canBeRef: false);
        Register<RecursivePatternSyntax>(SyntaxKind.RecursivePattern, static p => p.Type, canBeRef: false);

        void Register<TNode>(SyntaxKind kind, Func<TNode, TypeSyntax?> typeOf, bool canBeRef)
            where TNode : SyntaxNode =>
            context.RegisterSyntaxNodeAction(
                c =>
                {
                    if (typeOf((TNode)c.Node) is { IsVar: false } type)
                    {
                        Check(c, type, canBeRef, names, wires);
                    }
                },
                kind);
    }

    private void Check(SyntaxNodeAnalysisContext context, TypeSyntax type, bool canBeRef, Lazy<HashSet<string>> names, WireCompilation wires)
    {
        switch (type)
        {
            case PredefinedTypeSyntax:
                break;
            case NullableTypeSyntax nullable:
                Check(context, nullable.ElementType, canBeRef, names, wires);
                break;
            case ArrayTypeSyntax array:
                Check(context, array.ElementType, canBeRef, names, wires);
                break;
            case RefTypeSyntax reference:
                Check(context, reference.Type, canBeRef, names, wires);
                break;
            case TupleTypeSyntax tuple:
                foreach (TupleElementSyntax element in tuple.Elements)
                {
                    Check(context, element.Type, canBeRef, names, wires);
                }

                break;
            case QualifiedNameSyntax qualified:
                Check(context, qualified.Right, canBeRef, names, wires);
                break;
            case AliasQualifiedNameSyntax aliased:
                Check(context, aliased.Name, canBeRef, names, wires);
                break;
            case SimpleNameSyntax name:
                CheckName(context, name, canBeRef, names, wires);
                if (name is GenericNameSyntax generic && Holds(generic.Identifier.ValueText))
                {
                    foreach (TypeSyntax argument in generic.TypeArgumentList.Arguments)
                    {
                        Check(context, argument, canBeRef, names, wires);
                    }
                }

                break;
        }
    }

    private void CheckName(SyntaxNodeAnalysisContext context, SimpleNameSyntax name, bool canBeRef, Lazy<HashSet<string>> names, WireCompilation wires)
    {
        if (names.Value.Contains(name.Identifier.ValueText)
            && context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol is INamedTypeSymbol type && wires.IsWireClass(type)
            && !(canBeRef && IsInNestedType(context.ContainingSymbol, type)))
        {
            string? refName = wires.RefOf(type.OriginalDefinition)?.Name;
            var properties = canBeRef && refName is not null && string.Equals(type.Name, name.Identifier.ValueText, StringComparison.Ordinal)
                ? ImmutableDictionary<string, string?>.Empty.Add(Ref, refName)
                : ImmutableDictionary<string, string?>.Empty;
            context.ReportDiagnostic(Diagnostic.Create(Rule, name.Identifier.GetLocation(), properties, type.Name, refName ?? type.Name + "Ref"));
        }
    }

    // What a generic type does with its argument is known of containers and tasks; ILogger<Account> holds no Account.
    private static bool Holds(string generic) => generic is
        "List" or "IList" or "IReadOnlyList" or "IEnumerable" or "ICollection" or "IReadOnlyCollection" or "HashSet" or "ISet" or "IReadOnlySet" or "SortedSet" or "Queue" or "Stack" or "LinkedList"
        or "Dictionary" or "IDictionary" or "IReadOnlyDictionary" or "SortedDictionary" or "SortedList" or "KeyValuePair" or "PriorityQueue"
        or "ConcurrentDictionary" or "ConcurrentQueue" or "ConcurrentBag" or "ConcurrentStack"
        or "ImmutableArray" or "ImmutableList" or "ImmutableDictionary" or "ImmutableHashSet" or "FrozenSet" or "FrozenDictionary"
        or "Task" or "ValueTask" or "WireTask" or "IAsyncEnumerable" or "Lazy";

    // A type nested in the wire class is part of its implementation and may be handed the wire itself.
    private static bool IsInNestedType(ISymbol? containing, INamedTypeSymbol wireClass)
    {
        INamedTypeSymbol? type = containing as INamedTypeSymbol ?? containing?.ContainingType;
        for (type = type?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, wireClass.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    // Names are cheap where symbols are not: a wire class has a ref beside it, in source as in metadata.
    private static HashSet<string> CandidateNames(WireCompilation wires)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (IAssemblySymbol assembly in wires.AssembliesWithRefs)
        {
            foreach (string name in assembly.TypeNames)
            {
                if (name.EndsWith("Ref", StringComparison.Ordinal))
                {
                    names.Add(name.Substring(0, name.Length - "Ref".Length));
                }
            }
        }

        return names;
    }
}
