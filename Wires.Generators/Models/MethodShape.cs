namespace Wires.Generators.Models;

/// <summary>How a method answers.</summary>
internal enum MethodShape
{
    Void,
    Value,
    OneWay,
    Stream,
}
