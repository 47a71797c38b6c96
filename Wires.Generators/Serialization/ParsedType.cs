using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Serialization;

/// <summary>A user's type, while there are still symbols.</summary>
internal sealed class ParsedType(INamedTypeSymbol symbol, FormatterLayout layout, MemberPlanner planner)
{
    public INamedTypeSymbol Symbol { get; } = symbol;

    public FormatterLayout Layout { get; } = layout;

    public List<ParsedMember> Members { get; } = [];

    public List<(ushort Tag, TypeNode Type)> Cases { get; } = [];

    public List<(string Moment, IMethodSymbol Method)> Callbacks { get; } = [];

    public ConstructionKind Construction { get; set; } = ConstructionKind.New;

    /// <summary>The constructor of <see cref="ConstructionKind.New"/> and <see cref="ConstructionKind.Accessor"/>; null for one that is not declared.</summary>
    public IMethodSymbol? Constructor { get; set; }

    /// <summary>Whether an object can be made before its members are known: its constructor takes none, and what is required or init-only is set afterwards all the same.</summary>
    public bool CreatesFirst => !Symbol.IsValueType
        && Layout is FormatterLayout.Object or FormatterLayout.VersionTolerant or FormatterLayout.CircularReference
        && Members.All(static m => m.Parameter < 0);

    public FormatterModel ToModel(TypeNode node)
    {
        var accessors = planner.AccessorsFor();
        var construction = Construction == ConstructionKind.Accessor
            ? new ConstructionModel(Construction, accessors.Constructor(Constructor!))
            : new ConstructionModel(Construction);
        var members = planner.Plan(this, accessors);
        var callbacks = Callbacks.Select(c => planner.Plan(c.Moment, c.Method, accessors)).ToList();
        var slots = Layout is FormatterLayout.VersionTolerant or FormatterLayout.CircularReference
            ? members.Select(m => m.Slot + 1).DefaultIfEmpty(0).Max()
            : members.Count;
        var hash = StableHash.Of(node.Name);
        var shortName = new string([.. Symbol.Name.Where(c => char.IsLetterOrDigit(c) || c == '_')]);
        return new(
            node.Name,
            $"{shortName}Formatter_{hash}",
            $"Wires.Formatter.{shortName}.{hash}.g.cs",
            IdentityNames.Display(Symbol),
            Layout,
            Symbol.IsValueType,
            Symbol.IsValueType || Symbol.IsSealed || Symbol.IsAbstract,
            node.IsShared,
            slots)
        {
            Construction = construction,
            CreatesFirst = CreatesFirst,
            Members = new(members),
            Accessors = new(accessors.All),
            Cases = new(Cases.Select(c => new UnionCase(c.Tag, c.Type.Plan))),
            Callbacks = new(callbacks),
        };
    }
}
