using System.Text;
using Microsoft.CodeAnalysis;
using Wires.Generators.Identity;

namespace Wires.Generators.Parsing;

/// <summary>Spells types. Roslyn's own display cannot: refs that are yet to be generated are errors to it.</summary>
internal sealed class TypeNames
{
    private readonly StringBuilder _text = new();
    private readonly MemberScope _scope;
    private bool _failed;

    private TypeNames(MemberScope scope) => _scope = scope;

    /// <summary>As source code, with nullability and the names of tuple elements. Null if the type, or a part of it, cannot be named.</summary>
    public static string? Code(ITypeSymbol type, MemberScope scope)
    {
        var names = new TypeNames(scope);
        names.Append(type);
        return names._failed ? null : names._text.ToString();
    }

    /// <summary>As part of a method's identity. Null likewise.</summary>
    public static string? Signature(ITypeSymbol type, MemberScope scope) =>
        SignatureText.Of(type, error => RefResolver.FindWire(error, scope), scope.CanName);

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
                _text.Append(Identifiers.EscapeType(parameter.Name));
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
        if (type.NullableAnnotation == NullableAnnotation.Annotated && !type.IsValueType)
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
        if (array.NullableAnnotation == NullableAnnotation.Annotated)
        {
            _text.Append('?');
        }
    }

    private void AppendNamed(INamedTypeSymbol type)
    {
        if (SignatureText.Keyword(type.SpecialType) is { } keyword)
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
            _text.Append('.');
            return;
        }

        _text.Append("global::");
        AppendNamespace(type.ContainingNamespace);
    }

    private void AppendNamespace(INamespaceSymbol? @namespace)
    {
        if (@namespace is null or { IsGlobalNamespace: true })
        {
            return;
        }

        AppendNamespace(@namespace.ContainingNamespace);
        _text.Append(Identifiers.EscapeType(@namespace.Name)).Append('.');
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
                _text.Append(", ");
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
            if (element.IsExplicitlyNamedTupleElement)
            {
                _text.Append(' ').Append(Identifiers.Escape(element.Name));
            }

            separator = ", ";
        }

        _text.Append(')');
    }

    private static bool IsNullable(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
