using Microsoft.CodeAnalysis;

namespace Wires.Generators.Parsing;

/// <summary>Tells types whose values nobody can change: messages share them.</summary>
internal static class Immutability
{
    private static readonly HashSet<string> SystemTypes =
    [
        "Guid", "DateTime", "DateTimeOffset", "TimeSpan", "DateOnly", "TimeOnly", "Uri", "Version", "Half", "Int128", "UInt128", "Index", "Range",
    ];

    public static bool IsImmutable(ITypeSymbol type, MemberScope scope) => IsImmutable(type, scope, visiting: null);

    private static bool IsImmutable(ITypeSymbol type, MemberScope scope, HashSet<ITypeSymbol>? visiting)
    {
        if (type.SpecialType is SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) || type.TypeKind == TypeKind.Enum)
        {
            return true;
        }

        if (type is not INamedTypeSymbol named || type.SpecialType is SpecialType.System_Object)
        {
            return false;
        }

        if (RefResolver.IsRef(type, scope))
        {
            return true;
        }

        if (type.TypeKind is not (TypeKind.Struct or TypeKind.Class))
        {
            return false;
        }

        return IsKnown(named)
            || (IsContainer(named) && AreImmutable(named, scope, visiting))
            || named.FindWiresAttribute("ImmutableAttribute") is not null
            || HasOnlyImmutableFields(named, scope, visiting ?? new(SymbolEqualityComparer.Default));
    }

    private static bool IsKnown(INamedTypeSymbol type) =>
        (SystemTypes.Contains(type.Name) && type.IsIn("System"))
        || type.IsCancellationToken()
        || (type.Name is "WireId" or "WireKey" && type.IsIn("Wires"))
        || (type.Name is "BigInteger" or "Complex" or "Vector2" or "Vector3" or "Vector4" or "Quaternion" or "Matrix3x2" or "Matrix4x4" or "Plane" && type.IsIn("System.Numerics"))
        || type.Is("System.Text", "Rune");

    // Values of these are as immutable as what is in them. A tuple of the ValueTuple kind can be changed, but only in the copy that each holder has.
    private static bool IsContainer(INamedTypeSymbol type) =>
        type.IsTupleType
        || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || (type.Name is "Tuple" && type.IsIn("System"))
        || type.Is("System.Collections.Generic", "KeyValuePair")
        || (type.IsIn("System.Collections.Immutable") && type.ContainingType is null)
        || type.IsIn("System.Collections.Frozen");

    private static bool AreImmutable(INamedTypeSymbol type, MemberScope scope, HashSet<ITypeSymbol>? visiting)
    {
        foreach (var argument in type.TypeArguments)
        {
            if (!IsImmutable(argument, scope, visiting))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasOnlyImmutableFields(INamedTypeSymbol type, MemberScope scope, HashSet<ITypeSymbol> visiting)
    {
        // A reference assembly does not show private fields, a class that can be derived from shows nothing.
        var isInSource = type.Locations.Length > 0 && type.Locations[0].IsInSource;
        if (!isInSource || type is { IsValueType: false, IsSealed: false } || type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) })
        {
            return false;
        }

        if (!visiting.Add(type))
        {
            return true;
        }

        foreach (var member in type.GetMembers())
        {
            // The fields of a struct are copied with it; those of an object must never change.
            if (member is IFieldSymbol { IsStatic: false } field
                && (!(type.IsValueType || field.IsReadOnly) || !IsImmutable(field.Type, scope, visiting)))
            {
                return false;
            }
        }

        return true;
    }
}
