namespace Wires.Generators.Models;

/// <summary>One method of a <c>[Home]</c> interface.</summary>
/// <param name="Message">How it is sent.</param>
/// <param name="Owner">The interface that declares it: this one, or one that it extends.</param>
/// <param name="ReturnType">As declared.</param>
/// <param name="ReturnsTask">It returns a <c>Task</c>, where messages give a <c>ValueTask</c>.</param>
internal sealed record HomeMethodModel(MethodModel Message, string Owner, string ReturnType, bool ReturnsTask);
