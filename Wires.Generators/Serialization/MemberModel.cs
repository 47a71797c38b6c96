namespace Wires.Generators.Serialization;

/// <summary>A member that travels.</summary>
/// <param name="Name">As declared.</param>
/// <param name="Local">The name of the local that holds it while an object is read; unique in its type.</param>
/// <param name="Type">What to do with its values.</param>
/// <param name="Slot">Its place: the [MemoryPackOrder] of the tolerant layouts, else its index.</param>
/// <param name="Get">How it is read from the object.</param>
/// <param name="Set">How it is set on a new object.</param>
/// <param name="Parameter">Its constructor parameter, or -1.</param>
/// <param name="KeepsDefault">When absent in the input, the initializer's value stays ([SuppressDefaultInitialization]).</param>
/// <param name="Getter">The accessor's call, when <paramref name="Get"/> needs one.</param>
/// <param name="Setter">The accessor's call, when <paramref name="Set"/> needs one.</param>
internal sealed record MemberModel(
    string Name,
    string Local,
    TypePlan Type,
    int Slot,
    MemberAccess Get,
    MemberAccess Set,
    int Parameter,
    bool KeepsDefault,
    string? Getter,
    string? Setter);
