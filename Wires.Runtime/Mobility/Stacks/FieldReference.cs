namespace Wires.Mobility.Stacks;

/// <summary>A reference to a field.</summary>
internal delegate ref TField FieldReference<TOwner, TField>(ref TOwner owner);
