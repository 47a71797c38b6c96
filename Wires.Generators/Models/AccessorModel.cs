namespace Wires.Generators.Models;

/// <summary>An <c>[UnsafeAccessor]</c> to a field that C# would not let us assign.</summary>
internal sealed record AccessorModel(string Name, string FieldName, string FieldType, string OwnerType);
