namespace Wires.Generators.Models;

/// <summary>All that one compilation registers.</summary>
internal sealed record ModuleModel(EquatableArray<RegistrationModel> Wires, EquatableArray<ClosedWireModel> ClosedWires, EquatableArray<ExceptionModel> Exceptions)
{
    public bool IsEmpty => Wires.Count + ClosedWires.Count + Exceptions.Count == 0;
}
