namespace Wires;

/// <summary>The method may start while other calls of the same wire are suspended at an <c>await</c>. Turns still run one at a time.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InterleaveAttribute : Attribute;
