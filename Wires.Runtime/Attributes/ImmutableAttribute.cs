namespace Wires;

/// <summary>States that instances never change after construction, so that messages share them instead of copying.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class ImmutableAttribute : Attribute;
