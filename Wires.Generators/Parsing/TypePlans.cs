using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>
/// What has to happen to a value of a type: whether it is shared or copied, how it is encoded, which formatters it needs.
/// All that the rest of the generator knows of serialization is here.
/// </summary>
internal static class TypePlans
{
    /// <summary>Null if generated code cannot name the type.</summary>
    public static TypeModel? Plan(ITypeSymbol type, MemberScope scope)
    {
        if (type.IsRefLikeType || TypeNames.Code(type, scope) is not { } name)
        {
            return null;
        }

        var isAnnotatedReference = name.EndsWith("?", StringComparison.Ordinal) && !IsNullableValue(type, scope);
        return new TypeModel
        {
            Name = name,
            FormatterName = isAnnotatedReference ? name.Substring(0, name.Length - 1) : name,
            IsShared = IsShared(type, scope),
            HoldsReferences = !type.IsUnmanagedType || type.TypeKind == TypeKind.Error,
            Encoding = EncodingOf(type),
        };
    }

    /// <summary>Whether a value is handed over as it is: nobody can change it.</summary>
    public static bool IsShared(ITypeSymbol type, MemberScope scope) => Immutability.IsImmutable(type, scope);

    /// <summary>Whether the field of a wire can go to another node with it. What cannot is reported by WIRE3001.</summary>
    public static bool Travels(ITypeSymbol type) =>
        type.TypeKind is not (TypeKind.Delegate or TypeKind.Pointer or TypeKind.FunctionPointer)
        && !type.IsRefLikeType
        && !IsTaskLike(type)
        && !type.IsCancellationToken()
        && !(type is INamedTypeSymbol { TypeKind: not TypeKind.Error } named && named.IsWireClass());

    public static bool IsTaskLike(ITypeSymbol type) =>
        (type.Name is "Task" or "ValueTask" && type.IsIn("System.Threading.Tasks")) || (type.Name is "WireTask" && type.IsIn("Wires"));

    private static bool IsNullableValue(ITypeSymbol type, MemberScope scope) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || RefResolver.IsRef(type, scope);

    private static TypeEncoding EncodingOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => TypeEncoding.String,
        SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_Decimal
            or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64)
            or SpecialType.System_Single or SpecialType.System_Double => TypeEncoding.Unmanaged,
        _ => type.TypeKind == TypeKind.Enum ? TypeEncoding.Unmanaged : TypeEncoding.Formatter,
    };
}
