namespace Wires.Generators.Models;

/// <summary>A partial type around a wire class.</summary>
/// <param name="Keyword">For example <c>record struct</c>.</param>
/// <param name="Name">For example <c>Outer&lt;T&gt;</c>.</param>
/// <param name="Identifier">For example <c>Outer</c>.</param>
internal sealed record ContainingTypeModel(string Keyword, string Name, string Identifier);
