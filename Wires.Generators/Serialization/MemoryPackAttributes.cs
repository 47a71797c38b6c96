using Microsoft.CodeAnalysis;

namespace Wires.Generators.Serialization;

/// <summary>The attributes of MemoryPack, known by name: the user's project may take them from the package, or declare them.</summary>
internal static class MemoryPackAttributes
{
    public const string Order = "MemoryPackOrderAttribute";
    public const string Ignore = "MemoryPackIgnoreAttribute";
    public const string Include = "MemoryPackIncludeAttribute";
    public const string AllowSerialize = "MemoryPackAllowSerializeAttribute";
    public const string Constructor = "MemoryPackConstructorAttribute";
    public const string SuppressDefault = "SuppressDefaultInitializationAttribute";

    private const string Packable = "MemoryPackableAttribute";
    private const string Union = "MemoryPackUnionAttribute";
    private const string CustomFormatter = "MemoryPackCustomFormatterAttribute";

    public static bool Has(ISymbol symbol, string attribute) => Find(symbol, attribute) is not null;

    public static bool HasCustomFormatter(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (type is { Name: CustomFormatter } && IsMemoryPack(type))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public static int? OrderOf(ISymbol member) =>
        Find(member, Order)?.ConstructorArguments.FirstOrDefault().Value as int?;

    /// <summary>The kind named by [MemoryPackable], or null for a type without the attribute.</summary>
    public static string? KindOf(ITypeSymbol type)
    {
        if (Find(type, Packable) is not { } attribute)
        {
            return null;
        }

        foreach (var argument in attribute.ConstructorArguments)
        {
            if (argument is { Kind: TypedConstantKind.Enum, Type: { Name: "GenerateType" } kinds })
            {
                return kinds.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, argument.Value))?.Name ?? "Object";
            }
        }

        return "Object";
    }

    public static IEnumerable<(ushort Tag, INamedTypeSymbol Type)> UnionCasesOf(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (Is(attribute, Union) && attribute.ConstructorArguments.Length == 2
                && attribute.ConstructorArguments[0].Value is ushort tag && attribute.ConstructorArguments[1].Value is INamedTypeSymbol member)
            {
                // In a generic union the cases are named open (typeof(Leaf<>)) and take the union's type arguments.
                yield return (tag, member.IsUnboundGenericType && member.Arity == type.Arity ? member.OriginalDefinition.Construct([.. type.TypeArguments]) : member);
            }
        }
    }

    private static AttributeData? Find(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Is(attribute, name))
            {
                return attribute;
            }
        }

        return null;
    }

    private static bool Is(AttributeData attribute, string name) => attribute.AttributeClass is { } type && string.Equals(type.Name, name, StringComparison.Ordinal) && IsMemoryPack(type);

    private static bool IsMemoryPack(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "MemoryPack", ContainingNamespace.IsGlobalNamespace: true };
}
