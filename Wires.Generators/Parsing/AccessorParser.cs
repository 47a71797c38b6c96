using System.Globalization;
using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Plans the accessors to fields that C# would not let the descriptor assign: readonly, behind a property, or private to a base class.</summary>
internal sealed class AccessorParser(INamedTypeSymbol wire, Compilation compilation)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<AccessorClassModel> _classes = [];

    /// <summary>How to reach the field, and the accessor to declare beside the descriptor's other members; nothing if its type or owner cannot be named.</summary>
    public (string? Access, AccessorModel? Accessor) For(IFieldSymbol field, TypeModel type, bool isOwn)
    {
        // The ending keeps it apart from the members of the descriptor and from the message classes, which end in a number.
        var simpleName = (field.AssociatedSymbol?.Name ?? field.Name) + "Field";
        var name = simpleName;
        for (var i = 2; !_names.Add(name); i++)
        {
            name = $"{simpleName}{i.ToString(CultureInfo.InvariantCulture)}Field";
        }

        if (isOwn || !IsGeneric(field.ContainingType))
        {
            return TypeNames.Code(field.ContainingType, new MemberScope(compilation, field, wire)) is { } owner
                ? ($"{name}(self)", new AccessorModel(name, field.Name, type.Name, owner))
                : (null, null);
        }

        return (InClassOf(field, name), null);
    }

    public EquatableArray<AccessorClassModel> Classes() => new(_classes.OrderBy(static c => c.Name, StringComparer.Ordinal));

    // The runtime compares the signatures of accessor and field with type parameters by position, so both classes need the same ones: the accessor
    // stands outside the wire class, which may have others, and speaks of the base class as it is declared, not as it is constructed.
    private string? InClassOf(IFieldSymbol field, string name)
    {
        var definition = field.OriginalDefinition;
        var owner = definition.ContainingType;
        var scope = new MemberScope(compilation, definition.AssociatedSymbol ?? definition, wire: null);
        if (TypeNames.Code(owner, scope) is not { } ownerName || TypeNames.Code(definition.Type, scope) is not { } typeName)
        {
            return null;
        }

        var arguments = new List<string>();
        foreach (var argument in WireNames.AllTypeArguments(field.ContainingType))
        {
            if (TypeNames.Code(argument, new MemberScope(compilation, wire, wire)) is not { } argumentName)
            {
                return null;
            }

            arguments.Add(argumentName);
        }

        var parameters = WireNames.AllTypeArguments(owner).Cast<ITypeParameterSymbol>().ToList();
        var className = $"{wire.Name}_{owner.Name}_{owner.Arity.ToString(CultureInfo.InvariantCulture)}";
        var accessor = new AccessorModel(name, definition.Name, typeName, ownerName);
        var index = _classes.FindIndex(c => string.Equals(c.Accessors[0].OwnerType, ownerName, StringComparison.Ordinal));
        if (index >= 0)
        {
            className = _classes[index].Name;
            _classes[index] = _classes[index] with { Accessors = new EquatableArray<AccessorModel>([.. _classes[index].Accessors, accessor]) };
        }
        else
        {
            className = Identifiers.Unused(className, [.. _classes.Select(static c => c.Name)]);
            _classes.Add(new AccessorClassModel(
                className,
                TypeParameterParser.List(parameters),
                TypeParameterParser.Constraints(parameters, scope),
                new EquatableArray<AccessorModel>([accessor])));
        }

        return $"{className}<{string.Join(", ", arguments)}>.{accessor.Name}(self)";
    }

    private static bool IsGeneric(INamedTypeSymbol type) => type.IsGenericType || (type.ContainingType is { } outer && IsGeneric(outer));
}
