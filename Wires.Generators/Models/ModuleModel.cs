namespace Wires.Generators.Models;

/// <summary>All that one compilation registers.</summary>
/// <param name="Namespace">Where the generated class stands.</param>
/// <param name="References">Public classes of referenced assemblies whose wires a node here may host.</param>
/// <param name="Wires">Its wire classes.</param>
/// <param name="Homes">Its <c>[Home]</c> interfaces.</param>
/// <param name="ClosedWires">The closed types of generic wires that it names.</param>
/// <param name="Exceptions">Its exception classes.</param>
/// <param name="Formatters">Statements that register formatters, other than those of the refs of its wires.</param>
internal sealed record ModuleModel(
    string Namespace,
    EquatableArray<string> References,
    EquatableArray<RegistrationModel> Wires,
    EquatableArray<HomeRegistrationModel> Homes,
    EquatableArray<ClosedWireModel> ClosedWires,
    EquatableArray<ExceptionModel> Exceptions,
    EquatableArray<string> Formatters)
{
    public bool IsEmpty => References.Count + Wires.Count + Homes.Count + ClosedWires.Count + Exceptions.Count + Formatters.Count == 0;
}
