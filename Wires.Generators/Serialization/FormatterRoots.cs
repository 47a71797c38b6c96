using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>What the messages and the state of a wire class hold: the types from which formatters are planned.</summary>
internal static class FormatterRoots
{
    /// <summary>A closed generic wire that a name like <c>CacheRef&lt;int&gt;</c> means, as code; null when it means none.</summary>
    public static string? ClosedWire(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var node = (GenericNameSyntax)context.Node;
        if (context.SemanticModel.GetTypeInfo(node, cancellation).Type is not INamedTypeSymbol { IsUnboundGenericType: false } type)
        {
            return null;
        }

        var scope = new MemberScope(context.SemanticModel, node.SpanStart);
        var wire = type.TypeKind == TypeKind.Error ? RefResolver.FindWire(type, scope) : RefResolver.IsRef(type, scope) ? Beside(type) : null;
        if (wire is null || wire.Arity != type.Arity || wire.ContainingType is { IsGenericType: true } || type.TypeArguments.Any(TypeClassifier.IsOpen))
        {
            return null;
        }

        var arguments = type.TypeArguments.Select(a => Parsing.TypeNames.Code(a, scope)).ToList();
        var container = wire.ContainingType is { } outer ? new TypeNames(refs: null).Of(outer) + "." : TypeNames.Prefix(wire.ContainingNamespace);
        return arguments.Contains(null) ? null : $"{container}{TypeNames.Escape(wire.Name)}<{string.Join(", ", arguments)}>";
    }

    /// <summary>The formatters for all wires of a compilation. What mentions their type parameters is planned where they are closed.</summary>
    /// <param name="wires">Metadata names of wire classes.</param>
    /// <param name="closedWires">What <see cref="ClosedWire"/> gave.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="cancellation">Cancels.</param>
    public static FormatterSet Plan(IEnumerable<string> wires, IEnumerable<string> closedWires, Compilation compilation, CancellationToken cancellation)
    {
        var types = wires.Select(compilation.Assembly.GetTypeByMetadataName).ToList();
        if (compilation.SyntaxTrees.FirstOrDefault() is { } anywhere)
        {
            // The names are complete, so the place where they are bound does not matter.
            var model = compilation.GetSemanticModel(anywhere);
            types.AddRange(closedWires.Select(name => model.GetSpeculativeTypeInfo(0, SyntaxFactory.ParseTypeName(name), SpeculativeBindingOption.BindAsTypeOrNamespace).Type as INamedTypeSymbol));
        }

        cancellation.ThrowIfCancellationRequested();
        return TypeClassifier.For(compilation).FormattersFor(types.Where(t => t is not null).SelectMany(t => Roots(t!)));
    }

    private static INamedTypeSymbol? Beside(INamedTypeSymbol reference) => ((INamespaceOrTypeSymbol)reference.ContainingSymbol)
        .GetTypeMembers(reference.Name.Substring(0, reference.Name.Length - RefResolver.Suffix.Length), reference.Arity)
        .FirstOrDefault(t => t.IsWireClass());

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
