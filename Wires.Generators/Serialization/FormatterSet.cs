using Wires.Generators.Models;

namespace Wires.Generators.Serialization;

/// <summary>What a compilation has to emit and to register so that some root types travel. Both parts are sorted by type name, ordinal.</summary>
internal sealed record FormatterSet(EquatableArray<FormatterModel> Formatters, EquatableArray<BuiltInFormatter> Registrations)
{
    public static FormatterSet Empty { get; } = new(EquatableArray<FormatterModel>.Empty, EquatableArray<BuiltInFormatter>.Empty);

    /// <summary>The union of the sets of many wires: a type that several of them use is emitted once.</summary>
    public static FormatterSet Merge(IEnumerable<FormatterSet> sets)
    {
        var formatters = new SortedDictionary<string, FormatterModel>(StringComparer.Ordinal);
        var registrations = new SortedDictionary<string, BuiltInFormatter>(StringComparer.Ordinal);
        foreach (var set in sets)
        {
            foreach (var formatter in set.Formatters)
            {
                formatters[formatter.TypeName] = formatter;
            }

            foreach (var registration in set.Registrations)
            {
                registrations[registration.TypeName] = registration;
            }
        }

        return new(new(formatters.Values), new(registrations.Values));
    }
}
