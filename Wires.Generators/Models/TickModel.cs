namespace Wires.Generators.Models;

/// <summary>A method with <c>[Every]</c>.</summary>
internal sealed record TickModel(string MethodName, string MessageName, string Signature, ulong Id, string Flags, long Period, string PeriodText, bool IsAsync, bool TakesCancellation);
