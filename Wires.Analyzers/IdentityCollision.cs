using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE4003: two messages of a wire, or two wire classes, that other nodes could not tell apart.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IdentityCollision() : WireRule(Rules.IdentityCollision)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        context.RegisterSymbolAction(c => Check(c, wires), SymbolKind.NamedType);

    private void Check(SymbolAnalysisContext context, WireCompilation wires)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (wires.IsWireClass(type))
        {
            CheckMethods(context, type, wires);
            CheckName(context, type, wires);
        }
    }

    private void CheckMethods(SymbolAnalysisContext context, INamedTypeSymbol type, WireCompilation wires)
    {
        var known = new Dictionary<ulong, string>();
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsGenericMethod: false } method && wires.IsMessage(method))
            {
                string signature = MethodIdentity.Signature(method, wires);
                ulong hash = MethodIdentity.Hash(signature);
                if (known.TryGetValue(hash, out string? other))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        Rule, method.Locations[0], $"'{signature}'", $"'{other}'", "0x" + hash.ToString("X16", CultureInfo.InvariantCulture) + "; rename one of the methods"));
                }
                else
                {
                    known.Add(hash, signature);
                }
            }
        }
    }

    // Default names are full names, so two names can be equal only if one was chosen: the search runs for chosen ones alone.
    private void CheckName(SymbolAnalysisContext context, INamedTypeSymbol type, WireCompilation wires)
    {
        if (ChosenName(type, wires) is not { } name)
        {
            return;
        }

        foreach (INamedTypeSymbol other in wires.WireClasses)
        {
            if (!SymbolEqualityComparer.Default.Equals(other, type) && other.Arity == type.Arity
                && string.Equals(ChosenName(other, wires) ?? FullName(other), name, StringComparison.Ordinal)
                && (ChosenName(other, wires) is null || IsBefore(other, type)))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule, NameLocation(type, wires, context.CancellationToken), $"Wire class '{type.Name}'",
                    $"'{other.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)}'", $"\"{name}\"; give it a name of its own"));
                return;
            }
        }
    }

    private static string? ChosenName(INamedTypeSymbol type, WireCompilation wires)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in WireCompilation.Find(type, wires.Types.Wire)!.NamedArguments)
        {
            if (string.Equals(argument.Key, "Name", StringComparison.Ordinal))
            {
                return argument.Value.Value as string;
            }
        }

        return null;
    }

    private static string FullName(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? FullName(outer) + "+" + type.Name
        : type.ContainingNamespace.IsGlobalNamespace ? type.Name
        : type.ContainingNamespace.ToDisplayString() + "." + type.Name;

    private static bool IsBefore(INamedTypeSymbol first, INamedTypeSymbol second)
    {
        Location a = first.Locations[0];
        Location b = second.Locations[0];
        int byFile = string.CompareOrdinal(a.SourceTree?.FilePath, b.SourceTree?.FilePath);
        return byFile < 0 || (byFile == 0 && a.SourceSpan.Start < b.SourceSpan.Start);
    }

    private static Location NameLocation(INamedTypeSymbol type, WireCompilation wires, CancellationToken cancellation) =>
        WireCompilation.Find(type, wires.Types.Wire)!.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList.Arguments: var arguments }
        && arguments.FirstOrDefault(a => string.Equals(a.NameEquals?.Name.Identifier.ValueText, "Name", StringComparison.Ordinal)) is { } argument
            ? argument.GetLocation()
            : type.Locations[0];
}
