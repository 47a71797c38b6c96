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
        var words = new Lazy<WordSet>(() => new WordSet(names.Value));

        // One walk of its own: actions on nodes make the compiler prepare every declaration of the compilation for them, which costs more than all that is found by them.
        context.RegisterSemanticModelAction(c =>
        {
            if (words.Value.IsIn(c.SemanticModel.SyntaxTree, c.CancellationToken))
            {
                foreach (SyntaxNode node in c.SemanticModel.SyntaxTree.GetRoot(c.CancellationToken).DescendantNodes())
                {
                    (TypeSyntax? type, bool canBeRef) = NamedBy(node);
                    if (type is { IsVar: false })
                    {
                        Check(c, type, canBeRef, names, wires);
                    }
                }
            }
        });
    }

    private static (TypeSyntax? Type, bool CanBeRef) NamedBy(SyntaxNode node) => node switch
    {
        ParameterSyntax parameter => (parameter.Type, true),
        VariableDeclarationSyntax variable => (variable.Type, true),
        PropertyDeclarationSyntax property => (property.Type, true),
        MethodDeclarationSyntax method => (method.ReturnType, true),
        LocalFunctionStatementSyntax method => (method.ReturnType, true),
        DelegateDeclarationSyntax @delegate => (@delegate.ReturnType, true),
        ForEachStatementSyntax loop => (loop.Type, true),
        DeclarationExpressionSyntax declaration => (declaration.Type, true),
        ObjectCreationExpressionSyntax creation => (creation.Type, false),
        CastExpressionSyntax cast => (cast.Type, false),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression or (int)SyntaxKind.IsExpression } test => (test.Right as TypeSyntax, false),
        DeclarationPatternSyntax pattern => (pattern.Type, false),
        RecursivePatternSyntax pattern => (pattern.Type, false),
        _ => (null, false),
    };

    private void Check(SemanticModelAnalysisContext context, TypeSyntax type, bool canBeRef, Lazy<HashSet<string>> names, WireCompilation wires)
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

    private void CheckName(SemanticModelAnalysisContext context, SimpleNameSyntax name, bool canBeRef, Lazy<HashSet<string>> names, WireCompilation wires)
    {
        if (names.Value.Contains(name.Identifier.ValueText)
            && context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol is INamedTypeSymbol type && wires.IsWireClass(type)
            && !(canBeRef && IsInNestedType(name, context, type)))
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
    private static bool IsInNestedType(SimpleNameSyntax name, SemanticModelAnalysisContext context, INamedTypeSymbol wireClass)
    {
        INamedTypeSymbol? type = name.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>() is { } declaration ? context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) : null;
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
