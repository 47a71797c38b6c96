using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.Analyzers;

/// <summary>What the wire takes along when it moves: every instance field, and every property with a field behind it, that is not <c>[Local]</c>.</summary>
internal static class StateField
{
    /// <summary>The type of a state field or auto-property of a wire; null if the member is none.</summary>
    public static ITypeSymbol? TypeOf(ISymbol member, WireCompilation wires)
    {
        if (member.IsStatic || !wires.IsPartOfWire(member.ContainingType))
        {
            return null;
        }

        return member switch
        {
            IFieldSymbol { AssociatedSymbol: null } field when !IsLocal(field, wires) => field.Type,
            IPropertySymbol property when FieldBehind(property) is { } field && !IsLocal(property, wires) && !IsLocal(field, wires) => field.Type,
            IEventSymbol @event when IsStored(@event) && !HasLocalField(@event) => @event.Type,
            _ => null,
        };
    }

    /// <summary>Whether an event has a field for its subscribers. Roslyn does not list that field among the members.</summary>
    public static bool IsStored(IEventSymbol @event) => @event is { IsStatic: false, IsAbstract: false, AddMethod.IsImplicitlyDeclared: true, DeclaringSyntaxReferences.IsEmpty: false };

    private static bool HasLocalField(IEventSymbol @event) =>
        @event.DeclaringSyntaxReferences[0].GetSyntax().FirstAncestorOrSelf<EventFieldDeclarationSyntax>() is { } declaration
        && declaration.AttributeLists.Any(static list =>
            list.Target?.Identifier.ValueText is "field" && list.Attributes.Any(static a => a.Name.ToString() is "Local" or "LocalAttribute" or "Wires.Local" or "global::Wires.Local"));

    private static bool IsLocal(ISymbol member, WireCompilation wires) => WireCompilation.Has(member, wires.Types.Local);

    private static IFieldSymbol? FieldBehind(IPropertySymbol property)
    {
        foreach (ISymbol other in property.ContainingType.GetMembers())
        {
            if (other is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
            {
                return field;
            }
        }

        return null;
    }
}
