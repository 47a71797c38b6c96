using Microsoft.CodeAnalysis;
using Wires.Generators.Models;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>What the messages and the state of a wire class hold: the types from which formatters are planned.</summary>
internal static class FormatterRoots
{
    /// <summary>Equal names are equal roots, so that the plan need not look at a wire whose names are the same.</summary>
    public static EquatableArray<string> NamesOf(INamedTypeSymbol wire, Compilation compilation)
    {
        var classifier = TypeClassifier.For(compilation);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        names.UnionWith(Of(wire).Select(root => classifier.NameOf(root.Type, root.UsedBy)));
        return new EquatableArray<string>(names);
    }

    // What the wire's own parser leaves out (a method that cannot be sent) may be among these: a formatter too many does no harm.
    public static IEnumerable<(ITypeSymbol Type, ISymbol? UsedBy)> Of(INamedTypeSymbol wire)
    {
        foreach (var level in Levels(wire))
        {
            foreach (var member in level.GetMembers())
            {
                switch (member)
                {
                    case IFieldSymbol { IsStatic: false } field when StateParser.IsState(field):
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

                        if (TypeParser.ResultOf(method) is { } result)
                        {
                            yield return (result, method);
                        }

                        break;
                }
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Levels(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
        {
            foreach (var extended in type.AllInterfaces)
            {
                yield return extended;
            }
        }

        for (var level = type; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            yield return level;
        }
    }
}
