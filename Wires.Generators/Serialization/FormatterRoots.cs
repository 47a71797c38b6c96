using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Models;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>What the messages and the state of a wire class hold: the types from which formatters are planned.</summary>
internal static class FormatterRoots
{
    private static readonly ConditionalWeakTable<CompilationOptions, StrongBox<Tuple<(EquatableArray<string>, EquatableArray<string>, ulong), FormatterSet>>> Plans = new();

    /// <summary>The formatters for all wires of a compilation. What mentions their type parameters is planned where they are closed.</summary>
    /// <param name="wires">Metadata names of wire classes.</param>
    /// <param name="closedRefs">The refs of closed generic wires, as code: <c>global::App.CacheRef&lt;int&gt;</c>.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="cancellation">Cancels.</param>
    public static FormatterSet Plan(EquatableArray<string> wires, EquatableArray<string> closedRefs, Compilation compilation, CancellationToken cancellation)
    {
        // Most keystrokes are in code: then the last plan still stands. It is kept by the options, which outlive the compilations of a project.
        var inputs = (wires, closedRefs, PlanFingerprint.Of(compilation, cancellation));
        var slot = Plans.GetOrCreateValue(compilation.Options);
        if (slot.Value is { } last && last.Item1.Equals(inputs))
        {
            return last.Item2;
        }

        var plan = PlanAnew(wires, closedRefs, compilation, cancellation);
        slot.Value = Tuple.Create(inputs, plan);
        return plan;
    }

    private static FormatterSet PlanAnew(EquatableArray<string> wires, EquatableArray<string> closedRefs, Compilation compilation, CancellationToken cancellation)
    {
        var types = wires.Select(compilation.Assembly.GetTypeByMetadataName).ToList();
        if (compilation.SyntaxTrees.FirstOrDefault() is { } anywhere)
        {
            // The names are complete, so the place where they are bound does not matter.
            var model = compilation.GetSemanticModel(anywhere);
            types.AddRange(closedRefs.Select(name => model.GetSpeculativeTypeInfo(0, WireOf(name), SpeculativeBindingOption.BindAsTypeOrNamespace).Type as INamedTypeSymbol));
        }

        cancellation.ThrowIfCancellationRequested();
        return TypeClassifier.For(compilation).FormattersFor(types.Where(t => t is not null).SelectMany(t => Roots(t!)));
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
            ? type.ReplaceNode(name, name.WithIdentifier(SyntaxFactory.Identifier(TypeNames.Escape(text.Substring(0, text.Length - RefResolver.Suffix.Length)))))
            : type;
    }

    // What the wire's own parser leaves out (a [Local] field, a method that cannot be sent) may be among these: a formatter too many does no harm.
    private static IEnumerable<(ITypeSymbol Type, ISymbol? UsedBy)> Roots(INamedTypeSymbol wire)
    {
        for (var level = wire; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            foreach (var member in level.GetMembers())
            {
                switch (member)
                {
                    case IFieldSymbol { IsStatic: false } field when field.FindWiresAttribute("LocalAttribute") is null:
                        yield return (field.Type, field.AssociatedSymbol ?? field);
                        break;
                    case IMethodSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary, IsGenericMethod: false } method:
                        foreach (var parameter in method.Parameters)
                        {
                            if (!parameter.Type.IsCancellationToken())
                            {
                                yield return (parameter.Type, parameter);
                            }
                        }

                        if (ResultOf(method) is { } result)
                        {
                            yield return (result, method);
                        }

                        break;
                }
            }
        }
    }

    private static ITypeSymbol? ResultOf(IMethodSymbol method) => method.ReturnsVoid ? null
        : TypePlans.IsTaskLike(method.ReturnType) || method.ReturnType.Is("System.Collections.Generic", "IAsyncEnumerable")
            ? ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault()
            : method.ReturnType;
}
