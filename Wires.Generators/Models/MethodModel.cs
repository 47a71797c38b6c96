namespace Wires.Generators.Models;

/// <summary>One callable method: a method of the ref and a message class.</summary>
internal sealed record MethodModel
{
    /// <summary>Escaped where it is a keyword.</summary>
    public required string Name { get; init; }

    /// <summary>The message class: <c>Transfer_1</c>.</summary>
    public required string MessageName { get; init; }

    public required string Signature { get; init; }

    public required ulong Id { get; init; }

    /// <summary>An expression of type <c>WireMethodFlags</c>.</summary>
    public required string Flags { get; init; }

    public required MethodShape Shape { get; init; }

    /// <summary>The method returns a task-like value.</summary>
    public required bool IsAsync { get; init; }

    /// <summary>The result, or the item of a stream.</summary>
    public required TypeModel? Result { get; init; }

    /// <summary>The result is mutable and stays with the callee.</summary>
    public required bool CopiesResult { get; init; }

    public required EquatableArray<ParameterModel> Parameters { get; init; }

    public required EquatableArray<string> Attributes { get; init; }

    /// <summary>The method is obsolete, so the code that calls it has to be.</summary>
    public required bool IsObsolete { get; init; }

    public required EquatableArray<string> Documentation { get; init; }

    public required LocalNames Locals { get; init; }
}
