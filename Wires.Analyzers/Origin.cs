namespace Wires.Analyzers;

/// <summary>Whose an object is that wire code holds.</summary>
internal enum Origin
{
    /// <summary>It cannot be told, or it is the wire's own.</summary>
    Unknown,

    /// <summary>It was injected, so others have it too.</summary>
    Outside,

    /// <summary>A static holds it.</summary>
    Static,
}
