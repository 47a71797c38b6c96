using System.Globalization;
using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Finds the fields that are the state of a wire.</summary>
internal sealed class StateParser
{
    // MemoryPack's object header: greater counts are marks.
    private const int MostFields = 249;

    private readonly List<StateFieldModel> _fields = [];
    private readonly AccessorParser _accessors;
    private readonly INamedTypeSymbol _type;
    private readonly Compilation _compilation;
    private string? _problem;

    private StateParser(INamedTypeSymbol type, Compilation compilation)
    {
        _type = type;
        _compilation = compilation;
        _accessors = new AccessorParser(type, compilation);
    }

    /// <summary>The state of a wire. One field that cannot travel (WIRE3001) keeps the wire at its node, but not from being a wire.</summary>
    public static StateModel Parse(INamedTypeSymbol type, Compilation compilation) => new StateParser(type, compilation).Parse();

    private StateModel Parse()
    {
        var levels = new Stack<INamedTypeSymbol>();
        for (var level = _type; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            levels.Push(level);
        }

        foreach (var level in levels)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false, IsConst: false } field && IsState(field))
                {
                    Add(field);
                }
            }
        }

        if (_fields.Count > MostFields)
        {
            _problem ??= $"it has {_fields.Count.ToString(CultureInfo.InvariantCulture)} state fields, and the format counts to {MostFields.ToString(CultureInfo.InvariantCulture)}; group some in a type of their own";
        }

        if (_problem is not null)
        {
            return new StateModel(EquatableArray<StateFieldModel>.Empty, EquatableArray<AccessorClassModel>.Empty, _problem);
        }

        // A stable sort: of two fields of one name, the one of the base class comes first.
        return new StateModel(new EquatableArray<StateFieldModel>(_fields.OrderBy(static f => f.Name, StringComparer.Ordinal)), _accessors.Classes(), Problem: null);
    }

    // Fields that nobody declared and that stand behind no property are captured constructor parameters, which every construction sets anew, and event
    // handlers (WIRE3001). Fields of other assemblies that the compiler does not show are reported by WIRE3005.
    public static bool IsState(IFieldSymbol field)
    {
        var owner = field.AssociatedSymbol;
        return (!field.IsImplicitlyDeclared || owner is IPropertySymbol) && !IsLocal(field) && (owner is null || !IsLocal(owner));
    }

    private void Add(IFieldSymbol field)
    {
        var owner = field.AssociatedSymbol;
        var name = owner?.Name ?? field.Name;
        var scope = new MemberScope(_compilation, owner ?? field, _type);
        if (scope.Classify(field.Type).Reason is { } reason)
        {
            _problem ??= $"'{name}': {reason}";
            return;
        }

        if (field.IsFixedSizeBuffer || TypeParser.Parse(field.Type, scope) is not { } type)
        {
            _problem ??= $"'{name}' has a type that generated code cannot name; hold its content in an array or a record";
            return;
        }

        var isOwn = SymbolEqualityComparer.Default.Equals(field.ContainingType, _type);
        var canAssign = owner is null && !field.IsReadOnly && (isOwn || _compilation.IsSymbolAccessibleWithin(field, _type, _type));
        var (access, accessor) = canAssign ? ("self." + Identifiers.Escape(field.Name), null) : _accessors.For(field, type, isOwn);
        if (access is null)
        {
            _problem ??= $"'{name}' is in a class that generated code cannot name; make it internal or public";
            return;
        }

        _fields.Add(new StateFieldModel { Name = name, Type = type, Access = access, Accessor = accessor });
    }

    private static bool IsLocal(ISymbol symbol) => symbol.FindWiresAttribute("LocalAttribute") is not null;
}
