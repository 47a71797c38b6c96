using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Wires.Analyzers;

/// <summary>Spells types in a method's identity as the generator does: full names without nullability, type parameters by position.</summary>
/// <remarks>A test runs both over the same samples and demands one text.</remarks>
internal static class SignatureText
{
    public static void Append(StringBuilder text, ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AppendArray(text, array);
                break;
            case ITypeParameterSymbol parameter:
                text.Append('!').Append(OrdinalOf(parameter));
                break;
            case INamedTypeSymbol named:
                AppendNamed(text, named);
                break;
            default:
                text.Append(type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString());
                break;
        }
    }

    // `int[][,]` is an array of two-dimensional ones: ranks stand outermost first.
    private static void AppendArray(StringBuilder text, IArrayTypeSymbol array)
    {
        var ranks = new StringBuilder();
        ITypeSymbol element = array;
        for (bool isOuter = true; element is IArrayTypeSymbol level && (isOuter || level.NullableAnnotation != NullableAnnotation.Annotated); isOuter = false)
        {
            ranks.Append('[').Append(',', level.Rank - 1).Append(']');
            element = level.ElementType;
        }

        Append(text, element);
        text.Append(ranks);
    }

    private static void AppendNamed(StringBuilder text, INamedTypeSymbol type)
    {
        if (Keyword(type.SpecialType) is { } keyword)
        {
            text.Append(keyword);
        }
        else if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            Append(text, type.TypeArguments[0]);
            text.Append('?');
        }
        else if (type.IsTupleType && type.TupleElements.Length > 1)
        {
            AppendList(text, '(', type.TupleElements.Select(static e => e.Type), ')');
        }
        else
        {
            if (type.ContainingType is { } outer)
            {
                AppendNamed(text, outer);
                text.Append('+');
            }
            else
            {
                AppendNamespace(text, type.ContainingNamespace);
            }

            text.Append(Escape(type.Name));
            if (!type.TypeArguments.IsEmpty)
            {
                AppendList(text, '<', type.TypeArguments, '>');
            }
        }
    }

    private static void AppendNamespace(StringBuilder text, INamespaceSymbol? space)
    {
        if (space is { IsGlobalNamespace: false })
        {
            AppendNamespace(text, space.ContainingNamespace);
            text.Append(space.Name).Append('.');
        }
    }

    private static void AppendList(StringBuilder text, char open, IEnumerable<ITypeSymbol> types, char close)
    {
        foreach (ITypeSymbol type in types)
        {
            text.Append(open);
            Append(text, type);
            open = ',';
        }

        text.Append(close);
    }

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    // Type parameters of containing types count first, as in metadata.
    private static int OrdinalOf(ITypeParameterSymbol parameter)
    {
        int ordinal = parameter.Ordinal;
        for (INamedTypeSymbol? type = parameter.DeclaringType?.ContainingType; type is not null; type = type.ContainingType)
        {
            ordinal += type.Arity;
        }

        return ordinal;
    }

    private static string? Keyword(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Byte => "byte",
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_Int32 => "int",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_Int64 => "long",
        SpecialType.System_UInt64 => "ulong",
        SpecialType.System_IntPtr => "nint",
        SpecialType.System_UIntPtr => "nuint",
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        SpecialType.System_Decimal => "decimal",
        SpecialType.System_Char => "char",
        SpecialType.System_String => "string",
        SpecialType.System_Object => "object",
        SpecialType.System_Void => "void",
        _ => null,
    };
}
