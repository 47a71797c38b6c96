namespace Wires.Generators.Models;

/// <summary>A partial type around a wire class: <c>partial record struct Outer&lt;T&gt;</c>.</summary>
internal sealed record ContainingTypeModel(string Keyword, string Name);
