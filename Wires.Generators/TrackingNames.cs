namespace Wires.Generators;

/// <summary>The names of the generator's steps, for the tests that prove them cached.</summary>
internal static class TrackingNames
{
    public const string Wires = nameof(Wires);
    public const string HintNames = nameof(HintNames);
    public const string ClashingHintNames = nameof(ClashingHintNames);
    public const string NamedWires = nameof(NamedWires);
    public const string Registrations = nameof(Registrations);
    public const string ClosedWires = nameof(ClosedWires);
    public const string Exceptions = nameof(Exceptions);
    public const string FormatterRoots = nameof(FormatterRoots);
    public const string AllFormatterRoots = nameof(AllFormatterRoots);
    public const string FormatterPlan = nameof(FormatterPlan);
    public const string Formatters = nameof(Formatters);
    public const string FormatterRegistrations = nameof(FormatterRegistrations);
    public const string References = nameof(References);
    public const string Homes = nameof(Homes);
    public const string HomeFormatterRoots = nameof(HomeFormatterRoots);
    public const string HomeRegistrations = nameof(HomeRegistrations);
    public const string Module = nameof(Module);

    public static readonly string[] All =
    [
        Wires, HintNames, ClashingHintNames, NamedWires, Registrations, ClosedWires, Exceptions,
        FormatterRoots, AllFormatterRoots, FormatterPlan, Formatters, FormatterRegistrations, References, Homes, HomeFormatterRoots, HomeRegistrations, Module,
    ];
}
