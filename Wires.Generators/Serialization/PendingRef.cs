namespace Wires.Generators.Serialization;

/// <summary>A ref that is yet to be generated.</summary>
/// <param name="Name">Its fully qualified name, containing types included, its own type arguments not.</param>
/// <param name="IsOpen">A containing type mentions a type parameter.</param>
/// <param name="IsPrivate">Its wire is private to the types around it.</param>
internal sealed record PendingRef(string Name, bool IsOpen, bool IsPrivate = false);
