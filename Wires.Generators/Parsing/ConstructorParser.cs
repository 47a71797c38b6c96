using Microsoft.CodeAnalysis;

namespace Wires.Generators.Parsing;

/// <summary>Chooses the constructor that makes a wire, and spells the call.</summary>
internal static class ConstructorParser
{
    /// <summary>An expression that makes an instance from <c>services</c>; null if no constructor can be called.</summary>
    public static string? Parse(INamedTypeSymbol type, string className, MemberScope scope)
    {
        // The one that the user marked, else a public one before others, more parameters before fewer: what dependency injection would take.
        var constructors = type.InstanceConstructors
            .OrderByDescending(static c => c.GetAttributes().Any(static a => a.AttributeClass.Is("Microsoft.Extensions.DependencyInjection", "ActivatorUtilitiesConstructorAttribute")))
            .ThenByDescending(static c => c.DeclaredAccessibility == Accessibility.Public)
            .ThenByDescending(static c => c.Parameters.Length);
        foreach (var constructor in constructors)
        {
            if (Arguments(constructor, className, scope) is { } arguments)
            {
                return $"new {className}({arguments}){Initializer(type, constructor)}";
            }
        }

        return null;
    }

    private static string? Arguments(IMethodSymbol constructor, string className, MemberScope scope)
    {
        var arguments = new List<string>();
        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.RefKind is not (RefKind.None or RefKind.In) || Argument(parameter, className, scope) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }

        return string.Join(", ", arguments);
    }

    private static string? Argument(IParameterSymbol parameter, string className, MemberScope scope)
    {
        if (parameter.Type.Is("System", "IServiceProvider"))
        {
            return "services";
        }

        var type = parameter.Type.IsReferenceType ? parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : parameter.Type;
        if (parameter.Type.IsRefLikeType || TypeNames.Code(type, scope) is not { } name)
        {
            return null;
        }

        const string Services = "global::Wires.Infrastructure.WireServices";
        var isKeyed = KeyOf(parameter, scope, out var key);
        if (!isKeyed && type.IsHomeInterface())
        {
            // Never null: whether the home has the service is known there alone.
            return $"{Services}.Home<{name}>(services, typeof({className}))";
        }

        if (!parameter.HasExplicitDefaultValue)
        {
            return isKeyed ? $"{Services}.RequireKeyed<{name}>(services, {key}, typeof({className}))" : $"{Services}.Require<{name}>(services, typeof({className}))";
        }

        // Values and strings are no services: their default stands.
        if (parameter.Type.IsValueType || parameter.Type.SpecialType == SpecialType.System_String)
        {
            return Literals.DefaultOf(parameter, scope);
        }

        return isKeyed ? $"{Services}.OptionalKeyed<{name}>(services, {key})" : $"{Services}.Optional<{name}>(services)";
    }

    private static bool KeyOf(IParameterSymbol parameter, MemberScope scope, out string? key)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass.Is("Microsoft.Extensions.DependencyInjection", "FromKeyedServicesAttribute"))
            {
                key = attribute.ConstructorArguments.Length == 1 ? AttributePrinter.Constant(attribute.ConstructorArguments[0], scope) : "null";
                return key is not null;
            }
        }

        key = null;
        return false;
    }

    // Required members only have to be named: the state overwrites them after every construction but the first, where the user gave no value to set.
    private static string Initializer(INamedTypeSymbol type, IMethodSymbol constructor)
    {
        if (constructor.GetAttributes().Any(static a => a.AttributeClass.Is("System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute")))
        {
            return "";
        }

        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
                {
                    names.Add(Identifiers.Escape(member.Name));
                }
            }
        }

        return names.Count == 0 ? "" : $" {{ {string.Join(", ", names.Select(static n => n + " = default!"))} }}";
    }
}
