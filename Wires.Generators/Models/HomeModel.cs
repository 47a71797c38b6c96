namespace Wires.Generators.Models;

/// <summary>Everything that is emitted for one <c>[Home]</c> interface. All names are as they are to be printed.</summary>
internal sealed record HomeModel
{
    /// <summary>The full name as metadata spells it: unique in the compilation, the base of the hint name.</summary>
    public required string MetadataName { get; init; }

    /// <summary>For people: <c>Ns.Outer.IConsole</c>.</summary>
    public required string HintName { get; init; }

    public required string? Namespace { get; init; }

    /// <summary><c>IConsoleHomeProxy</c>.</summary>
    public required string ProxyName { get; init; }

    /// <summary><c>global::Ns.IConsole</c>.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>A literal: the name of the interface between nodes.</summary>
    public required string NameLiteral { get; init; }

    /// <summary>In ticks; null for the node's.</summary>
    public required long? CallTimeout { get; init; }

    public required EquatableArray<HomeMethodModel> Methods { get; init; }

    public required HomeRegistrationModel Registration { get; init; }

    /// <summary>The types that its methods send.</summary>
    public required EquatableArray<string> FormatterRoots { get; init; }
}
