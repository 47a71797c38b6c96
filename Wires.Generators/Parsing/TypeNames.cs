using System.Text;
using Microsoft.CodeAnalysis;

namespace Wires.Generators.Parsing;

/// <summary>Spells types. Roslyn's own display cannot: refs that are yet to be generated are errors to it.</summary>
internal sealed class TypeNames
{
    private readonly StringBuilder _text = new();
    private readonly MemberScope _scope;
    private readonly bool _isSignature;
    private bool _failed;

    private TypeNames(MemberScope scope, bool isSignature)
    {
        _scope = scope;
        _isSignature = isSignature;
    }

    /// <summary>As source code, with nullability and the names of tuple elements. Null if the type, or a part of it, cannot be named.</summary>
    public static string? Code(ITypeSymbol type, MemberScope scope)
    {
        var names = new TypeNames(scope, isSignature: false);
        names.Append(type);
        return names._failed ? null : names._text.ToString();
    }

    /// <summary>
    /// As part of a method's identity: full names without nullability and tuple names, so that adding either breaks no caller;
    /// type parameters by position, so that renaming one does not.
    /// </summary>
    public static string? Signature(ITypeSymbol type, MemberScope scope)
    {
        var names = new TypeNames(scope, isSignature: true);
        names.Append(type);
        return names._failed ? null : names._text.ToString();
    }

    /// <summary>Whether the type is, or is made of, a ref that is yet to be generated.</summary>
    public static bool HoldsRef(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => HoldsRef(array.ElementType),
        INamedTypeSymbol { TypeKind: TypeKind.Error } => true,
        INamedTypeSymbol named => named.TypeArguments.Any(HoldsRef),
        _ => false,
    };

    private void Append(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AppendArray(array);
                return;
            case ITypeParameterSymbol parameter:
                AppendTypeParameter(parameter);
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
                return;
        }

        AppendNullability(type);
    }

    private void AppendNullability(ITypeSymbol type)
    {
        // An unknown name counts as a reference type, so `BRef?` arrives annotated; for a ref it means Nullable<BRef>.
        // The `T?` of a base class that is closed over a value type arrives annotated too, and means the value itself.
        var annotated = type.NullableAnnotation == NullableAnnotation.Annotated && !type.IsValueType;
        if (annotated && (!_isSignature || type.TypeKind == TypeKind.Error))
        {
            _text.Append('?');
        }
    }

    private void AppendArray(IArrayTypeSymbol array)
    {
        // Ranks are written outermost first, behind the innermost element: `int[][,]` is an array of two-dimensional ones.
        var ranks = new StringBuilder();
        var level = array;
        while (true)
        {
            ranks.Append('[').Append(',', level.Rank - 1).Append(']');
            if (level.ElementType is not IArrayTypeSymbol { NullableAnnotation: not NullableAnnotation.Annotated } next)
            {
                break;
            }

            level = next;
        }

        Append(level.ElementType);
        _text.Append(ranks);
        if (!_isSignature && array.NullableAnnotation == NullableAnnotation.Annotated)
        {
            _text.Append('?');
        }
    }

    private void AppendTypeParameter(ITypeParameterSymbol parameter)
    {
        if (_isSignature)
        {
            _text.Append('!').Append(OrdinalOf(parameter));
        }
        else
        {
            _text.Append(Identifiers.EscapeType(parameter.Name));
        }
    }

    private void AppendNamed(INamedTypeSymbol type)
    {
        if (Keyword(type.SpecialType) is { } keyword)
        {
            _text.Append(keyword);
        }
        else if (IsNullable(type))
        {
            Append(type.TypeArguments[0]);
            _text.Append('?');
        }
        else if (type.IsTupleType && type.TupleElements.Length > 1)
        {
            AppendTuple(type);
        }
        else if (type.TypeKind == TypeKind.Error)
        {
            AppendRef(type);
        }
        else if (type.IsFileLocal || type.IsAnonymousType || !_scope.CanName(type.OriginalDefinition))
        {
            _failed = true;
        }
        else
        {
            AppendContainer(type);
            _text.Append(Identifiers.EscapeType(type.Name));
            AppendTypeArguments(type);
        }
    }

    private void AppendRef(INamedTypeSymbol error)
    {
        if (RefResolver.FindWire(error, _scope) is not { } wire || !_scope.CanName(wire))
        {
            _failed = true;
            return;
        }

        AppendContainer(wire);
        _text.Append(wire.Name).Append(RefResolver.Suffix);
        AppendTypeArguments(error);
    }

    private void AppendContainer(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
        {
            AppendContainer(outer);
            _text.Append(Identifiers.EscapeType(outer.Name));
            AppendTypeArguments(outer);
            _text.Append(_isSignature ? '+' : '.');
            return;
        }

        if (!_isSignature)
        {
            _text.Append("global::");
        }

        AppendNamespace(type.ContainingNamespace);
    }

    private void AppendNamespace(INamespaceSymbol? @namespace)
    {
        if (@namespace is null or { IsGlobalNamespace: true })
        {
            return;
        }

        AppendNamespace(@namespace.ContainingNamespace);
        _text.Append(_isSignature ? @namespace.Name : Identifiers.EscapeType(@namespace.Name)).Append('.');
    }

    private void AppendTypeArguments(INamedTypeSymbol type)
    {
        if (type.TypeArguments.Length == 0)
        {
            return;
        }

        _text.Append('<');
        for (var i = 0; i < type.TypeArguments.Length; i++)
        {
            if (i > 0)
            {
                _text.Append(_isSignature ? "," : ", ");
            }

            Append(type.TypeArguments[i]);
        }

        _text.Append('>');
    }

    private void AppendTuple(INamedTypeSymbol tuple)
    {
        _text.Append('(');
        var separator = "";
        foreach (var element in tuple.TupleElements)
        {
            _text.Append(separator);
            Append(element.Type);
            if (!_isSignature && element.IsExplicitlyNamedTupleElement)
            {
                _text.Append(' ').Append(Identifiers.Escape(element.Name));
            }

            separator = _isSignature ? "," : ", ";
        }

        _text.Append(')');
    }

    // Type parameters of containing types count first, as in metadata.
    private static int OrdinalOf(ITypeParameterSymbol parameter)
    {
        var ordinal = parameter.Ordinal;
        for (var type = parameter.DeclaringType?.ContainingType; type is not null; type = type.ContainingType)
        {
            ordinal += type.Arity;
        }

        return ordinal;
    }

    private static bool IsNullable(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

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
