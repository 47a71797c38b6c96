using Microsoft.CodeAnalysis;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <content>What each kind of type is.</content>
internal sealed partial class TypeClassifier
{
    private const string Formatters = "global::Wires.Serialization.Formatters.";

    private void Fill(TypeNode node, ISymbol? usedBy)
    {
        var type = node.Symbol;
        if (type is ITypeParameterSymbol)
        {
            return;
        }

        if (_names.PendingRef(type, usedBy) is not null)
        {
            FillPendingRef(node, type, usedBy);
        }
        else if (type.TypeKind == TypeKind.Error)
        {
            node.Problem = $"'{IdentityNames.Display(type)}' cannot be found";
        }
        else if (Refusals.Of(type) is { } refusal)
        {
            node.Problem = $"'{IdentityNames.Display(type)}' {refusal}";
        }
        else if (type is IArrayTypeSymbol array)
        {
            FillArray(node, array, usedBy);
        }
        else if (!IsAccessible(type, out var reason))
        {
            node.Problem = reason;
        }
        else if (type.SpecialType == SpecialType.System_String)
        {
            node.Encoding = ValueEncoding.String;
            node.IsImmutable = true;
        }
        else if (type is INamedTypeSymbol wire && wire.IsWireClass())
        {
            node.Problem = $"'{IdentityNames.Display(type)}' is a wire class: an object of it is no wire; hold its ref";
        }
        else if (IsWireRef(type))
        {
            FillWireRef(node);
        }
        else if (type is INamedTypeSymbol named)
        {
            FillNamed(node, named, usedBy);
        }
        else
        {
            node.Problem = $"'{IdentityNames.Display(type)}' has no formatter";
        }
    }

    private void FillNamed(TypeNode node, INamedTypeSymbol type, ISymbol? usedBy)
    {
        node.IsDeclaredImmutable = type.GetAttributes().Any(a => a.AttributeClass is { Name: "ImmutableAttribute", ContainingNamespace: { Name: "Wires", ContainingNamespace.IsGlobalNamespace: true } });
        if (KnownTypes.TryGet(type, out var known))
        {
            node.IsImmutable = known.IsImmutable;
            var arguments = type.TypeArguments;
            foreach (var argument in arguments)
            {
                node.Edges.Add((null, Node(argument, usedBy)));
            }

            if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && node.Edges[0].Node.Encoding == ValueEncoding.Unmanaged)
            {
                node.Encoding = ValueEncoding.Nullable;
            }

            if (known.Formatter is not null)
            {
                // The formatter of a nullable takes the underlying type, the others take the arguments as they are.
                node.Registration = new(node.Name, $"new {Formatters}{known.Formatter}<{string.Join(", ", arguments.Select(a => _names.Of(a, usedBy)))}>()");
            }
        }
        else if (type.IsUnmanagedType && !node.IsOpen)
        {
            FillUnmanaged(node, type);
        }
        else
        {
            Parser.Parse(node, type);
        }
    }

    private void FillUnmanaged(TypeNode node, INamedTypeSymbol type)
    {
        node.IsImmutable = true; // its assignment is its copy
        node.Encoding = ValueEncoding.Unmanaged;
        if (type.TypeKind == TypeKind.Enum || !IsSimple(type))
        {
            node.Problem = PointerProblem(type);
            node.Registration = new(node.Name, $"new {Formatters}UnmanagedFormatter<{node.Name}>()");
        }

        if (node.Problem is null && Parser.ParseChecked(type) is { } parsed)
        {
            node.Encoding = ValueEncoding.Checked;
            node.User = parsed;
            node.Edges.AddRange(parsed.Members.Select(m => ((string?)$"{type.Name}.{m.Symbol.Name}", m.Type)));
        }
    }

    private void FillPendingRef(TypeNode node, ITypeSymbol type, ISymbol? usedBy)
    {
        if (!_names.IsNullablePendingRef(type, usedBy))
        {
            FillWireRef(node);
            return;
        }

        var reference = Node(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), usedBy);
        node.IsImmutable = true;
        node.Edges.Add((null, reference));
        node.Registration = new(node.Name, $"new {Formatters}NullableFormatter<{reference.Name}>()");
    }

    private static void FillWireRef(TypeNode node)
    {
        node.IsImmutable = true;
        node.Registration = new(node.Name, $"new global::Wires.Infrastructure.WireRefFormatter<{node.Name}>()");
    }

    private void FillArray(TypeNode node, IArrayTypeSymbol array, ISymbol? usedBy)
    {
        var element = Node(array.ElementType, usedBy);
        node.Edges.Add((null, element));
        var formatter = array.Rank switch
        {
            1 => "ArrayFormatter",
            2 => "TwoDimensionalArrayFormatter",
            3 => "ThreeDimensionalArrayFormatter",
            4 => "FourDimensionalArrayFormatter",
            _ => null,
        };
        if (formatter is null || (array.Rank == 1 && !array.IsSZArray))
        {
            node.Problem = $"'{IdentityNames.Display(array)}' has more dimensions than the format knows (four); use an array of arrays";
            return;
        }

        var isUnmanaged = element.Symbol.IsUnmanagedType && element.Symbol.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T && !element.IsOpen;
        if (array.Rank == 1 && isUnmanaged)
        {
            node.Encoding = element.Encoding == ValueEncoding.Unmanaged ? ValueEncoding.UnmanagedArray : ValueEncoding.Formatter;
            formatter = "UnmanagedArrayFormatter";
        }

        node.Registration = new(node.Name, $"new {Formatters}{formatter}<{element.Name}>()");
    }

    private bool IsAccessible(ITypeSymbol type, out string? reason)
    {
        reason = null;
        if (type is INamedTypeSymbol { IsFileLocal: true } or { IsAnonymousType: true })
        {
            reason = $"'{IdentityNames.Display(type)}' has no name outside its file; use a record";
        }
        else if (!CanReach(type.OriginalDefinition))
        {
            reason = $"'{IdentityNames.Display(type)}' is not accessible to generated code; make it internal or public";
        }

        return reason is null;
    }

    private static bool IsWireRef(ITypeSymbol type) => type.IsValueType && type.AllInterfaces.Any(
        i => i is { Name: "IWireRef", Arity: 1, ContainingNamespace: { Name: "Wires", ContainingNamespace.IsGlobalNamespace: true } });

    /// <summary>Registered by the runtime.</summary>
    private static bool IsSimple(INamedTypeSymbol type) => type.SpecialType != SpecialType.None || KnownTypes.MetadataName(type) is
        "System.Guid" or "System.DateTimeOffset" or "System.TimeSpan" or "System.DateOnly" or "System.TimeOnly" or "System.Half" or "System.Int128" or "System.UInt128" or
        "System.Text.Rune" or "System.Numerics.Complex" or "System.Numerics.Plane" or "System.Numerics.Quaternion" or "System.Numerics.Matrix3x2" or
        "System.Numerics.Matrix4x4" or "System.Numerics.Vector2" or "System.Numerics.Vector3" or "System.Numerics.Vector4" or "System.Index" or "System.Range";

    /// <summary>Pointers count as unmanaged, but mean nothing to another process.</summary>
    private static string? PointerProblem(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum || type.SpecialType != SpecialType.None || !type.DeclaringSyntaxReferences.Any())
        {
            return null;
        }

        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field is { IsStatic: false, IsFixedSizeBuffer: false } && Refusals.Of(field.Type) is { } refusal)
            {
                return $"'{IdentityNames.Display(type)}.{field.Name}' {refusal}";
            }

            if (field is { IsStatic: false, Type: INamedTypeSymbol inner } && PointerProblem(inner) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }
}
