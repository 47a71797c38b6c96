using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE4001: the generator adds to a wire class, so it must be a partial, plain class that can be created.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WireClassShape() : WireRule(Rules.WireClassShape)
{
    /// <summary>Set when adding <c>partial</c>, all the way out, makes the class a wire class.</summary>
    public const string AddPartial = nameof(AddPartial);

    private static readonly ImmutableDictionary<string, string?> Fixable = ImmutableDictionary<string, string?>.Empty.Add(AddPartial, null);

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        context.RegisterSymbolAction(c => Check(c, wires), SymbolKind.NamedType);

    private void Check(SymbolAnalysisContext context, WireCompilation wires)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!wires.IsWireClass(type))
        {
            return;
        }

        if (Unfit(type) is { } reason)
        {
            Report(reason, ImmutableDictionary<string, string?>.Empty);
        }
        else if (!IsPartial(type, context.CancellationToken))
        {
            Report("must be partial, so that the generator can add to it", Fixable);
        }
        else
        {
            for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            {
                if (!IsPartial(outer, context.CancellationToken))
                {
                    Report($"is nested in '{outer.Name}', which must be partial too", Fixable);
                    break;
                }
            }
        }

        void Report(string message, ImmutableDictionary<string, string?> properties) =>
            context.ReportDiagnostic(Diagnostic.Create(Rule, type.Locations[0], properties, type.Name, message));
    }

    private static string? Unfit(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true } => "must not be a record: a wire has an identity, and copies of it would share none",
        { IsStatic: true } => "must not be static: every wire is an instance with its own state",
        { IsAbstract: true } => "must not be abstract: mark the classes that derive from it",
        { IsFileLocal: true } => "must not be local to its file: the generator adds to it in another one",
        _ when !type.InstanceConstructors.Any(CanBeCalled) => "needs a constructor whose parameters dependency injection can give: no ref, out, pointer or ref struct",
        _ => null,
    };

    private static bool CanBeCalled(IMethodSymbol constructor) => constructor.Parameters.All(static p =>
        p.RefKind is RefKind.None or RefKind.In && p.Type is { IsRefLikeType: false, TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer) });

    // One part without the modifier is the compiler's to report (CS0260), so the first part speaks for all.
    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.FirstOrDefault() is not { } first
        || first.GetSyntax(cancellation) is not TypeDeclarationSyntax declaration
        || declaration.Modifiers.Any(SyntaxKind.PartialKeyword);
}
