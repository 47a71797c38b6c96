using Wires.Generators.Serialization;

namespace Wires.Generators.Models;

/// <summary>Everything that is emitted for one wire class. All names are as they are to be printed.</summary>
internal sealed record WireModel
{
    /// <summary>The full name as metadata spells it: unique in the compilation, the base of the hint name.</summary>
    public required string MetadataName { get; init; }

    /// <summary>For people: <c>Ns.Outer.Account`1</c>.</summary>
    public required string HintName { get; init; }

    public required string? Namespace { get; init; }

    public required EquatableArray<ContainingTypeModel> Containers { get; init; }

    public required string Accessibility { get; init; }

    /// <summary><c>Account</c>, without type parameters.</summary>
    public required string Name { get; init; }

    /// <summary><c>AccountRef</c>, without type parameters.</summary>
    public required string RefName { get; init; }

    /// <summary><c>&lt;T, U&gt;</c>, or nothing.</summary>
    public required string TypeParameters { get; init; }

    public required EquatableArray<string> Constraints { get; init; }

    /// <summary><c>global::Ns.Account&lt;T&gt;</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary><c>global::Ns.AccountRef&lt;T&gt;</c>.</summary>
    public required string RefClassName { get; init; }

    /// <summary>The class as the <c>cref</c> of a documentation comment.</summary>
    public required string Cref { get; init; }

    /// <summary>An expression for the name of the wire type. Not a literal for a generic class: it has one per closed type.</summary>
    public required string NameExpression { get; init; }

    /// <summary>Attributes that the ref takes over from the class, each with its brackets.</summary>
    public required EquatableArray<string> Attributes { get; init; }

    public required WireOptionsModel Options { get; init; }

    /// <summary>The expression that makes an instance; <c>services</c> is in scope.</summary>
    public required string CreateExpression { get; init; }

    public required EquatableArray<MethodModel> Methods { get; init; }

    public required EquatableArray<TickModel> Ticks { get; init; }

    public required StateModel State { get; init; }

    public required RegistrationModel Registration { get; init; }

    /// <summary>The method that each containing type has to have, so that a class that is private to one of them is registered. Mostly null.</summary>
    public required string? RegisterMethod { get; init; }

    /// <summary>The types that the class sends or holds: of what they lead to, formatters are planned, once for all wires.</summary>
    public required EquatableArray<string> FormatterRoots { get; init; }

    /// <summary>Of the types that only the class itself can name.</summary>
    public required FormatterSet PrivateFormatters { get; init; }
}
