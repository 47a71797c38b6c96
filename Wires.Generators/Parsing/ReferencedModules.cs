using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>
/// Finds the referenced assemblies that carry wires. Such an assembly registers itself when something of it is touched; a node that only hosts its
/// wires would never touch it, and answer that it does not know them.
/// </summary>
internal static class ReferencedModules
{
    // References live longer than compilations, and a reference says the same to all of them.
    private static readonly ConditionalWeakTable<MetadataReference, StrongBox<string?>> Known = new();

    /// <summary>The public class of each that its code can be reached by.</summary>
    public static EquatableArray<string> Of(Compilation compilation, CancellationToken cancellation)
    {
        var markers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var reference in compilation.References)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Known.TryGetValue(reference, out var known))
            {
                known = Known.GetValue(reference, r => new StrongBox<string?>(MarkerOf(compilation.GetAssemblyOrModuleSymbol(r), r)));
            }

            if (known.Value is { } marker)
            {
                markers.Add(marker);
            }
        }

        return new EquatableArray<string>(markers);
    }

    private static string? MarkerOf(ISymbol? symbol, MetadataReference reference)
    {
        // Most references are of the framework: their attributes need not be read. What has an alias only cannot be named from the root.
        if (symbol is not IAssemblySymbol assembly
            || !assembly.Modules.Any(static m => m.ReferencedAssemblies.Any(static a => a.Name is "Wires.Runtime"))
            || (!reference.Properties.Aliases.IsEmpty && !reference.Properties.Aliases.Contains(MetadataReferenceProperties.GlobalAlias, StringComparer.Ordinal)))
        {
            return null;
        }

        var attribute = assembly.FindAttribute("Wires.Infrastructure", "WireModuleAttribute");
        return attribute?.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol marker ? marker.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) : null;
    }
}
