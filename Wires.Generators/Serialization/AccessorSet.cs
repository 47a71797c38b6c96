using Microsoft.CodeAnalysis;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>The unsafe accessors of one formatter. Each method gives the call, without its arguments.</summary>
internal sealed class AccessorSet(WireRefLookup? refs)
{
    private readonly Dictionary<(ISymbol Target, string Method), string> _calls = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { "Write", "Read", "Copy", "IsShared" };
    private readonly IdentityNames _closed = new(refs);

    public List<MemberAccessor> All { get; } = [];

    /// <summary>A reference to the field: it can be assigned even when it is readonly.</summary>
    public string Field(IFieldSymbol field, string member) => Add(field, member.TrimStart('_') + "Of", (names, method) => (
        $"global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = \"{field.MetadataName}\"",
        $"ref {names.Of(field.OriginalDefinition.Type, field)} {method}({Self(field, names)})"));

    public string Method(IMethodSymbol method, string name) => Add(method, name, (names, accessor) =>
    {
        var parameters = new List<string> { Self(method, names) };
        parameters.AddRange(method.OriginalDefinition.Parameters.Select(p => $"{names.Of(p.Type, p)} {Identifiers.Escape(p.Name)}"));
        var kind = method.IsStatic ? "StaticMethod" : "Method";
        return ($"global::System.Runtime.CompilerServices.UnsafeAccessorKind.{kind}, Name = \"{method.MetadataName}\"",
            $"{names.Of(method.OriginalDefinition.ReturnType, method)} {accessor}({string.Join(", ", parameters)})");
    });

    public string Constructor(IMethodSymbol constructor) => Add(constructor, "Create", (names, method) => (
        "global::System.Runtime.CompilerServices.UnsafeAccessorKind.Constructor",
        $"{names.Of(constructor.OriginalDefinition.ContainingType)} {method}({string.Join(", ", constructor.OriginalDefinition.Parameters.Select(p => $"{names.Of(p.Type, p)} {Identifiers.Escape(p.Name)}"))})"));

    private static string Self(ISymbol target, IdentityNames names) =>
        (target.ContainingType.IsValueType && !target.IsStatic ? "ref " : "") + names.Of(target.OriginalDefinition.ContainingType) + " self";

    private string Add(ISymbol target, string name, Func<IdentityNames, string, (string Attribute, string Signature)> print)
    {
        if (_calls.TryGetValue((target, name), out var call))
        {
            return call;
        }

        var method = name.Length == 0 || !char.IsLetter(name[0]) ? "Member" + name : char.ToUpperInvariant(name[0]) + name.Substring(1);
        for (var (plain, i) = (method, 2); !_names.Add(method); i++)
        {
            method = plain + i;
        }

        // Within a generic wire class, a type of its own has the type parameters that the formatter stands in.
        var parameters = TypeParameters(target.ContainingType.OriginalDefinition);
        if (parameters.Count == 0 || target.ContainingType.IsDefinition)
        {
            var (attribute, signature) = print(_closed, method);
            All.Add(new(null, attribute, signature));
            call = method;
        }
        else
        {
            // The run time compares signatures as they were declared, so the accessor needs the type parameters of the target's class.
            var named = new Dictionary<ITypeParameterSymbol, string>(SymbolEqualityComparer.Default);
            foreach (var parameter in parameters)
            {
                named.Add(parameter, named.ContainsValue(parameter.Name) ? parameter.Name + named.Count : Identifiers.EscapeType(parameter.Name));
            }

            var names = new IdentityNames(refs, p => named[p]);
            var (attribute, signature) = print(names, method);
            var constraints = string.Concat(parameters.Select(p => Constraint(p, names)));
            All.Add(new($"{method}Accessor<{string.Join(", ", parameters.Select(p => named[p]))}>{constraints}", attribute, signature));
            call = $"{method}Accessor<{string.Join(", ", Arguments(target.ContainingType).Select(a => _closed.Of(a)))}>.{method}";
        }

        _calls.Add((target, name), call);
        return call;
    }

    private static string Constraint(ITypeParameterSymbol parameter, IdentityNames names)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            parts.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            parts.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            parts.Add("class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            parts.Add("notnull");
        }

        parts.AddRange(parameter.ConstraintTypes.Select(t => names.Of(t)));
        if (parameter.HasConstructorConstraint)
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {names.Of(parameter)} : {string.Join(", ", parts)}";
    }

    private static List<ITypeParameterSymbol> TypeParameters(INamedTypeSymbol type)
    {
        var parameters = type.ContainingType is { } outer ? TypeParameters(outer) : [];
        parameters.AddRange(type.TypeParameters);
        return parameters;
    }

    private static List<ITypeSymbol> Arguments(INamedTypeSymbol type)
    {
        var arguments = type.ContainingType is { } outer ? Arguments(outer) : [];
        arguments.AddRange(type.TypeArguments);
        return arguments;
    }
}
