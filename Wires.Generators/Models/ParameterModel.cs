namespace Wires.Generators.Models;

/// <summary>One parameter of a callable method.</summary>
internal sealed record ParameterModel
{
    /// <summary>Escaped where it is a keyword.</summary>
    public required string Name { get; init; }

    /// <summary>The field of the message that holds the argument.</summary>
    public required string FieldName { get; init; }

    public required TypeModel Type { get; init; }

    /// <summary>With a blank behind: <c>in </c>, <c>params </c> or nothing.</summary>
    public required string Modifier { get; init; }

    /// <summary>With a blank before: <c> = 5</c>, or nothing.</summary>
    public required string Default { get; init; }

    /// <summary>With a blank behind: <c>[CallerMemberName] </c>, or nothing.</summary>
    public required string Attributes { get; init; }

    /// <summary>The token of the call. It is not an argument: it travels beside them.</summary>
    public required bool IsCancellation { get; init; }

    /// <summary>Where the copy of a mutable argument goes: a local if the parameter cannot be assigned. Null: no copy.</summary>
    public required string? CopyTarget { get; init; }

    public required bool CopyNeedsLocal { get; init; }
}
