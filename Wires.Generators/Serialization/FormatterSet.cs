using Microsoft.CodeAnalysis.CSharp;
using Wires.Generators.Models;

namespace Wires.Generators.Serialization;

/// <summary>What a compilation has to emit and to register so that some root types travel. All parts are sorted by type name, ordinal.</summary>
internal sealed record FormatterSet(EquatableArray<FormatterModel> Formatters, EquatableArray<BuiltInFormatter> BuiltIn, EquatableArray<RefusedType> Refused)
{
    private const string Runtime = "global::Wires.Serialization.WireFormatters.";

    /// <summary>The statement that registers a formatter.</summary>
    public static string Register(string formatter) => $"{Runtime}Register({formatter});";

    /// <summary>Statements that register all. They stay equal when only members of types change.</summary>
    /// <param name="prefix">What stands before the name of a formatter class: its namespace, or nothing.</param>
    public EquatableArray<string> Registrations(string prefix) => new(
        Formatters.Select(f => Register($"new {prefix}{f.ClassName}()"))
            .Concat(BuiltIn.Select(static b => Register(b.Formatter)))
            .Concat(Refused.Select(static r => $"{Runtime}Refuse<{r.TypeName}>({SymbolDisplay.FormatLiteral(r.Reason, quote: true)});")));
}
