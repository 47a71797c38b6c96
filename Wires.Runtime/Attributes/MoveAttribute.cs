namespace Wires;

/// <summary>The argument or result is handed over without a copy; its former owner must not touch it again.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue)]
public sealed class MoveAttribute : Attribute;
