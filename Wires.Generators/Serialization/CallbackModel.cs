namespace Wires.Generators.Serialization;

/// <summary>A parameterless [MemoryPackOn…] method.</summary>
/// <param name="Moment">Which of the four attributes.</param>
/// <param name="Call">The statement.</param>
internal sealed record CallbackModel(string Moment, string Call);
