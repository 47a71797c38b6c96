namespace Wires.Generators.Serialization;

/// <summary>A type that a wire names although it cannot travel: WIRE1004 warns of it, and a call that sends it says so too.</summary>
/// <param name="TypeName">Fully qualified.</param>
/// <param name="Reason">Why, and what to do instead.</param>
internal sealed record RefusedType(string TypeName, string Reason);
