using System.Collections.Immutable;
using Wires.Generators.Models;
using Wires.Generators.Serialization;

namespace Wires.Generators.Parsing;

/// <summary>Puts what a compilation registers into one order, each thing once.</summary>
internal static class ModuleParser
{
    /// <summary>Registers the formatter of a ref, with its wire.</summary>
    public static string RegisterRef(string refClassName) => FormatterSet.Register($"new global::Wires.Infrastructure.WireRefFormatter<{refClassName}>()");

    public static ModuleModel Parse(
        string space,
        EquatableArray<string> references,
        ImmutableArray<RegistrationModel> wires,
        ImmutableArray<HomeRegistrationModel> homes,
        ImmutableArray<ClosedWireModel> closed,
        ImmutableArray<ExceptionModel> exceptions,
        EquatableArray<string> formatters)
    {
        var registered = new HashSet<string>(wires.Select(static w => w.RefClassName).Concat(closed.Select(static c => c.RefClassName)).Select(RegisterRef), StringComparer.Ordinal);
        return new ModuleModel(
            space,
            references,
            new EquatableArray<RegistrationModel>(wires.OrderBy(static w => w.ClassName, StringComparer.Ordinal)),
            new EquatableArray<HomeRegistrationModel>(homes.OrderBy(static h => h.InterfaceName, StringComparer.Ordinal)),
            new EquatableArray<ClosedWireModel>(closed.Distinct().OrderBy(static w => w.RefClassName, StringComparer.Ordinal)),
            new EquatableArray<ExceptionModel>(exceptions.Distinct().OrderBy(static e => e.Name, StringComparer.Ordinal)),
            new EquatableArray<string>(formatters.Where(f => !registered.Contains(f))));
    }
}
