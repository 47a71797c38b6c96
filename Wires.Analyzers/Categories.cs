namespace Wires.Analyzers;

internal static class Categories
{
    public const string Isolation = "Wires.Isolation";
    public const string Blocking = "Wires.Blocking";
    public const string Mobility = "Wires.Mobility";
    public const string Contract = "Wires.Contract";
}
