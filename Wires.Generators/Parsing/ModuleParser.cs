using System.Collections.Immutable;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Puts what a compilation registers into one order, each thing once.</summary>
internal static class ModuleParser
{
    public static ModuleModel Parse(ImmutableArray<RegistrationModel> wires, ImmutableArray<ClosedWireModel> closed, ImmutableArray<ExceptionModel> exceptions) => new(
        new EquatableArray<RegistrationModel>(wires.OrderBy(static w => w.ClassName, StringComparer.Ordinal)),
        new EquatableArray<ClosedWireModel>(closed.Distinct().OrderBy(static w => w.RefClassName, StringComparer.Ordinal)),
        new EquatableArray<ExceptionModel>(exceptions.Distinct().OrderBy(static e => e.Name, StringComparer.Ordinal)));
}
