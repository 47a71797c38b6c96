using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>How a method answers, and with what.</summary>
internal sealed record ReturnPlan(MethodShape Shape, bool IsAsync, TypeModel? Type, bool Copies);
