using Wires.Generators.Models;

namespace Wires.Generators.Serialization;

/// <summary>A formatter to emit for a user's type.</summary>
/// <param name="TypeName">Fully qualified.</param>
/// <param name="ClassName">The name of the formatter class, unique in the compilation.</param>
/// <param name="HintName">The name of its file.</param>
/// <param name="DisplayName">The type as its user knows it, for comments and errors.</param>
/// <param name="Layout">The form.</param>
/// <param name="IsValueType">A struct.</param>
/// <param name="IsSealed">No instance has another run-time type.</param>
/// <param name="IsShared">Immutable: a copy is the value itself.</param>
/// <param name="SlotCount">Members and gaps of the tolerant layouts; else the number of members.</param>
internal sealed record FormatterModel(
    string TypeName,
    string ClassName,
    string HintName,
    string DisplayName,
    FormatterLayout Layout,
    bool IsValueType,
    bool IsSealed,
    bool IsShared,
    int SlotCount)
{
    public ConstructionModel Construction { get; init; } = new(ConstructionKind.New);

    /// <summary>Whether reading makes the object before it reads the members, so that these may refer to it.</summary>
    public bool CreatesFirst { get; init; }

    public EquatableArray<MemberModel> Members { get; init; } = EquatableArray<MemberModel>.Empty;

    public EquatableArray<MemberAccessor> Accessors { get; init; } = EquatableArray<MemberAccessor>.Empty;

    public EquatableArray<UnionCase> Cases { get; init; } = EquatableArray<UnionCase>.Empty;

    public EquatableArray<CallbackModel> Callbacks { get; init; } = EquatableArray<CallbackModel>.Empty;
}
