using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Wires.Generators.Models;

namespace Wires.Generators.Serialization;

/// <summary>
/// The steps from wire classes to formatters. All wires are planned together, so that a type which many of them use, or lead to, is looked at
/// once per compilation. The plan is equal to the last one unless a type that travels has changed; each formatter is a file of its own, so that
/// an edit of one type writes one file anew. A type that two assemblies use has a formatter in both; which of them registers last makes no
/// difference.
/// </summary>
internal static class FormatterPipeline
{
    public const string Wires = "FormattedWires";
    public const string ClosedWires = "FormattedClosedWires";
    public const string Plan = "FormatterPlan";
    public const string Formatters = "Formatters";
    public const string Registrations = "FormatterRegistrations";

    public static readonly string[] All = [Wires, ClosedWires, Plan, Formatters, Registrations];

    /// <summary>Adds the steps.</summary>
    /// <param name="context">The generator's.</param>
    /// <param name="wires">Metadata names of the wire classes.</param>
    /// <param name="closedRefs">The refs of closed generic wires that the compilation names, as code.</param>
    public static void Register(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<string> wires, IncrementalValuesProvider<string> closedRefs)
    {
        var names = wires.Collect().Select(static (names, _) => Sorted(names)).WithTrackingName(Wires);
        var closed = closedRefs.Collect().Select(static (names, _) => Sorted(names)).WithTrackingName(ClosedWires);

        var plan = names.Combine(closed)
            .Combine(context.CompilationProvider)
            .Select(static (parts, cancellation) => FormatterRoots.Plan(parts.Left.Left, parts.Left.Right, parts.Right, cancellation))
            .WithTrackingName(Plan);

        var space = context.CompilationProvider.Select(static (compilation, _) => FormatterSetEmitter.NamespaceOf(compilation.AssemblyName));

        var formatters = plan
            .SelectMany(static (set, _) => set.Formatters.ToImmutableArray())
            .Combine(space)
            .WithTrackingName(Formatters);

        var registrations = plan
            .Select(static (set, _) => set.ForRegistration())
            .Combine(space)
            .WithTrackingName(Registrations);

        // The files that a user writes against do not mention formatters, so an editor can do without them.
        context.RegisterImplementationSourceOutput(formatters, static (output, pair) =>
            output.AddSource(pair.Left.HintName, SourceText.From(FormatterSetEmitter.EmitFormatter(pair.Left, pair.Right), Encoding.UTF8)));

        context.RegisterImplementationSourceOutput(registrations, static (output, pair) =>
        {
            if (pair.Left.Count > 0)
            {
                output.AddSource(FormatterSetEmitter.RegistrationsHintName, SourceText.From(FormatterSetEmitter.EmitRegistrations(pair.Left, pair.Right), Encoding.UTF8));
            }
        });
    }

    private static EquatableArray<string> Sorted(ImmutableArray<string> names) => new(names.Distinct(StringComparer.Ordinal).OrderBy(static n => n, StringComparer.Ordinal));
}
