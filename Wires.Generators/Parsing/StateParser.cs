using System.Globalization;
using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Finds the fields that are the state of a wire.</summary>
internal static class StateParser
{
    public static StateModel Parse(INamedTypeSymbol type, Compilation compilation)
    {
        var levels = new Stack<INamedTypeSymbol>();
        for (var level = type; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            levels.Push(level);
        }

        var fields = new List<StateFieldModel>();
        var accessors = new AccessorParser(type, compilation);
        foreach (var level in levels)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false, IsConst: false, IsFixedSizeBuffer: false } field
                    && ParseField(field, type, compilation, accessors) is { } model)
                {
                    fields.Add(model);
                }
            }
        }

        // A stable sort: of two fields of one name, the one of the base class comes first.
        return new StateModel(
            new EquatableArray<StateFieldModel>(fields.OrderBy(static f => f.Name, StringComparer.Ordinal)),
            accessors.Classes());
    }

    private static StateFieldModel? ParseField(IFieldSymbol field, INamedTypeSymbol type, Compilation compilation, AccessorParser accessors)
    {
        // What cannot travel is reported by WIRE3001; fields of other assemblies that the compiler does not show by WIRE3005.
        // Fields that nobody declared and that stand behind no property are captured constructor parameters and event handlers.
        var owner = field.AssociatedSymbol;
        if ((field.IsImplicitlyDeclared && owner is not IPropertySymbol) || IsLocal(field) || (owner is not null && IsLocal(owner)) || !TypePlans.Travels(field.Type))
        {
            return null;
        }

        var scope = new MemberScope(compilation, owner ?? field, type);
        if (TypePlans.Plan(field.Type, scope) is not { } plan)
        {
            return null;
        }

        var isOwn = SymbolEqualityComparer.Default.Equals(field.ContainingType, type);
        var canAssign = owner is null && !field.IsReadOnly && (isOwn || compilation.IsSymbolAccessibleWithin(field, type, type));
        var access = canAssign ? ("self." + Identifiers.Escape(field.Name), null) : accessors.For(field, plan, isOwn);
        if (access.Item1 is null)
        {
            return null;
        }

        return new StateFieldModel { Name = owner?.Name ?? field.Name, Type = plan, Access = access.Item1, Accessor = access.Item2 };
    }

    private static bool IsLocal(ISymbol symbol) => symbol.FindWiresAttribute("LocalAttribute") is not null;
}
