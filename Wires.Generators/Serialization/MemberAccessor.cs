namespace Wires.Generators.Serialization;

/// <summary>An extern method that reaches what the language hides from generated code.</summary>
/// <param name="Holder">The generic class that declares it (the run time wants the type parameters of the target there), or null.</param>
/// <param name="Attribute">The arguments of [UnsafeAccessor].</param>
/// <param name="Signature">Return type, name and parameters.</param>
internal sealed record MemberAccessor(string? Holder, string Attribute, string Signature);
