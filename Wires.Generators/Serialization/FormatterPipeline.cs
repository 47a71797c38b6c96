using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Wires.Generators.Models;

namespace Wires.Generators.Serialization;

/// <summary>
/// The steps from wire classes to formatters. All wires are planned together, so that a type which many of them use, or lead to, is looked at
/// once. The plan is equal to the last one unless a type that travels has changed; each formatter is a file of its own, so that an edit of one type
/// writes one file anew. A type that two assemblies use has a formatter in both; which of them registers last makes no difference.
/// </summary>
internal static class FormatterPipeline
{
    /// <summary>Adds the steps. Gives what the module has to register: statements, one for each formatter.</summary>
    public static IncrementalValueProvider<EquatableArray<string>> Register(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<WireModel> wires,
        IncrementalValuesProvider<HomeModel> homes,
        IncrementalValuesProvider<ClosedWireModel> closed,
        IncrementalValueProvider<string> space)
    {
        var own = wires
            .Select(static (wire, _) => new WireRoots(wire.MetadataName, wire.FormatterRoots))
            .WithTrackingName(TrackingNames.FormatterRoots)
            .Collect();

        var served = homes
            .Select(static (home, _) => new WireRoots(home.MetadataName, home.FormatterRoots))
            .WithTrackingName(TrackingNames.HomeFormatterRoots)
            .Collect();

        var refs = closed
            .Select(static (wire, _) => wire.RefClassName)
            .Collect();

        var roots = own.Combine(served).Combine(refs)
            .Select(static (parts, _) => Sorted(parts.Left.Left.AddRange(parts.Left.Right), parts.Right))
            .WithTrackingName(TrackingNames.AllFormatterRoots);

        var plan = roots
            .Combine(context.CompilationProvider)
            .Select(static (pair, cancellation) => FormatterPlanner.Plan(pair.Left, pair.Right, cancellation))
            .WithTrackingName(TrackingNames.FormatterPlan);

        var formatters = plan
            .SelectMany(static (set, _) => set.Formatters.ToImmutableArray())
            .Combine(space)
            .WithTrackingName(TrackingNames.Formatters);

        // The files that a user writes against do not mention formatters, so an editor can do without them.
        context.RegisterImplementationSourceOutput(formatters, static (output, pair) =>
            output.AddSource(pair.Left.HintName, SourceText.From(FormatterEmitter.Emit(pair.Left, pair.Right), Encoding.UTF8)));

        return plan
            .Combine(space)
            .Select(static (pair, _) => pair.Left.Registrations($"global::{pair.Right}."))
            .WithTrackingName(TrackingNames.FormatterRegistrations);
    }

    private static AllRoots Sorted(ImmutableArray<WireRoots> wires, ImmutableArray<string> closed) => new(
        new EquatableArray<WireRoots>(wires.OrderBy(static w => w.Wire, StringComparer.Ordinal)),
        new EquatableArray<string>(closed.Distinct(StringComparer.Ordinal).OrderBy(static n => n, StringComparer.Ordinal)));
}
