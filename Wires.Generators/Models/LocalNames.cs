namespace Wires.Generators.Models;

/// <summary>Names of the locals of a generated method that no parameter has, and how it names the handle of the ref.</summary>
internal sealed record LocalNames(string Turn, string Result, string Exception, string Call, string Handle);
