using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Memory;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>Plans the formatters of a compilation.</summary>
internal static class FormatterPlanner
{
    private static readonly ConditionalWeakTable<CompilationOptions, StrongBox<Remembered>> Plans = new();

    /// <summary>The formatters for all wires of a compilation. What mentions their type parameters is planned where they are closed.</summary>
    public static FormatterSet Plan(AllRoots roots, Compilation compilation, CancellationToken cancellation)
    {
        // Most keystrokes are in code: then the last plan still stands. It is kept by the options, which outlive the compilations of a project.
        var fingerprint = DeclarationFingerprint.Of(compilation, cancellation);
        var slot = Plans.GetOrCreateValue(compilation.Options);
        if (slot.Value is { } last && last.Fingerprint.Equals(fingerprint) && last.Roots.Equals(roots))
        {
            return last.Plan;
        }

        var plan = PlanAnew(roots, compilation, cancellation);
        slot.Value = new Remembered(fingerprint, roots, plan);
        return plan;
    }

    private static FormatterSet PlanAnew(AllRoots roots, Compilation compilation, CancellationToken cancellation)
    {
        var types = roots.Wires.Select(w => compilation.Assembly.GetTypeByMetadataName(w.Wire)).ToList();
        if (compilation.SyntaxTrees.FirstOrDefault() is { } anywhere)
        {
            // The names are complete, so the place where they are bound does not matter.
            var model = compilation.GetSemanticModel(anywhere);
            types.AddRange(roots.ClosedRefs.Select(name => model.GetSpeculativeTypeInfo(0, WireOf(name), SpeculativeBindingOption.BindAsTypeOrNamespace).Type as INamedTypeSymbol));
        }

        cancellation.ThrowIfCancellationRequested();
        return TypeClassifier.For(compilation).FormattersFor(types.OfType<INamedTypeSymbol>());
    }

    /// <summary>The wire class stands beside its ref and has its name, without the last letters.</summary>
    private static TypeSyntax WireOf(string reference)
    {
        var type = SyntaxFactory.ParseTypeName(reference);
        var name = type switch
        {
            QualifiedNameSyntax qualified => qualified.Right,
            AliasQualifiedNameSyntax global => global.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        return name?.Identifier.ValueText is { } text && text.EndsWith(RefResolver.Suffix, StringComparison.Ordinal)
            ? type.ReplaceNode(name, name.WithIdentifier(SyntaxFactory.Identifier(Identifiers.EscapeType(text.Substring(0, text.Length - RefResolver.Suffix.Length)))))
            : type;
    }

    private sealed record Remembered(DeclarationFingerprint Fingerprint, AllRoots Roots, FormatterSet Plan);
}
