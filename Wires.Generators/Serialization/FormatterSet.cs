using Wires.Generators.Models;

namespace Wires.Generators.Serialization;

/// <summary>What a compilation has to emit and to register so that some root types travel. Both parts are sorted by type name, ordinal.</summary>
internal sealed record FormatterSet(EquatableArray<FormatterModel> Formatters, EquatableArray<BuiltInFormatter> Registrations)
{
    /// <summary>What the registration says: the names of the formatters, and the built-in ones. It stays equal when only members of types change.</summary>
    public EquatableArray<string> ForRegistration() =>
        new(Formatters.Select(f => $"new {f.ClassName}()").Concat(Registrations.Select(r => r.Formatter)));
}
