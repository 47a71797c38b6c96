using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Wires.Generators.Identity;

/// <summary>
/// Spells types in a method's identity: full names without nullability and tuple names, so that adding either breaks no caller; type parameters by
/// position, so that renaming one does not. The analyzers compile this file too: what they compare with a manifest is what the generator writes.
/// </summary>
/// <param name="wireOf">The wire of a ref that is yet to be generated, an error type as long as the generator runs.</param>
/// <param name="canName">Whether generated code may name a type.</param>
internal sealed class SignatureText(Func<INamedTypeSymbol, INamedTypeSymbol?> wireOf, Func<INamedTypeSymbol, bool> canName)
{
    private const string RefSuffix = "Ref";

    private readonly StringBuilder _text = new();
    private bool _failed;

    /// <summary>Null if the type, or a part of it, cannot be named.</summary>
    public static string? Of(ITypeSymbol type, Func<INamedTypeSymbol, INamedTypeSymbol?> wireOf, Func<INamedTypeSymbol, bool> canName)
    {
        var signature = new SignatureText(wireOf, canName);
        signature.Append(type);
        return signature._failed ? null : signature._text.ToString();
    }

    public static string? Keyword(SpecialType type) => type switch
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

    private void Append(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AppendArray(array);
                break;
            case ITypeParameterSymbol parameter:
                _text.Append('!').Append(OrdinalOf(parameter));
                break;
            case IDynamicTypeSymbol:
                _text.Append("object");
                break;
            case INamedTypeSymbol named:
                AppendNamed(named);
                break;
            default:
                // Pointers, function pointers and whatever else is neither data nor a name.
                _failed = true;
                break;
        }
    }

    // Ranks are written outermost first, behind the innermost element: `int[][,]` is an array of two-dimensional ones.
    private void AppendArray(IArrayTypeSymbol array)
    {
        var ranks = new StringBuilder();
        ITypeSymbol element = array;
        for (bool isOuter = true; element is IArrayTypeSymbol level && (isOuter || level.NullableAnnotation != NullableAnnotation.Annotated); isOuter = false)
        {
            ranks.Append('[').Append(',', level.Rank - 1).Append(']');
            element = level.ElementType;
        }

        Append(element);
        _text.Append(ranks);
    }

    private void AppendNamed(INamedTypeSymbol type)
    {
        if (Keyword(type.SpecialType) is { } keyword)
        {
            _text.Append(keyword);
        }
        else if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            Append(type.TypeArguments[0]);
            _text.Append('?');
        }
        else if (type.IsTupleType && type.TupleElements.Length > 1)
        {
            AppendList('(', type.TupleElements.Select(static e => e.Type), ')');
        }
        else if (type.TypeKind == TypeKind.Error)
        {
            AppendRef(type);
        }
        else if (type.IsFileLocal || type.IsAnonymousType || !canName(type.OriginalDefinition))
        {
            _failed = true;
        }
        else
        {
            AppendContainer(type);
            _text.Append(Escape(type.Name));
            AppendArguments(type);
        }
    }

    private void AppendRef(INamedTypeSymbol error)
    {
        if (wireOf(error) is not { } wire || !canName(wire))
        {
            _failed = true;
            return;
        }

        AppendContainer(wire);
        _text.Append(wire.Name).Append(RefSuffix);
        AppendArguments(error);

        // An unknown name counts as a reference type, so `BRef?` arrives annotated; for a ref it means Nullable<BRef>.
        if (error.NullableAnnotation == NullableAnnotation.Annotated)
        {
            _text.Append('?');
        }
    }

    private void AppendContainer(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
        {
            AppendContainer(outer);
            _text.Append(Escape(outer.Name));
            AppendArguments(outer);
            _text.Append('+');
        }
        else
        {
            AppendNamespace(type.ContainingNamespace);
        }
    }

    private void AppendNamespace(INamespaceSymbol? space)
    {
        if (space is { IsGlobalNamespace: false })
        {
            AppendNamespace(space.ContainingNamespace);
            _text.Append(space.Name).Append('.');
        }
    }

    private void AppendArguments(INamedTypeSymbol type)
    {
        if (!type.TypeArguments.IsEmpty)
        {
            AppendList('<', type.TypeArguments, '>');
        }
    }

    private void AppendList(char open, IEnumerable<ITypeSymbol> types, char close)
    {
        foreach (ITypeSymbol type in types)
        {
            _text.Append(open);
            Append(type);
            open = ',';
        }

        _text.Append(close);
    }

    // Words such as `record` and `var` are no names of types either.
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
}
