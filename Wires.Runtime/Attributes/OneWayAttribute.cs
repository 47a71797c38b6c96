namespace Wires;

/// <summary>The method gives no answer: its <see cref="ValueTask"/> on the ref completes once the message is queued. A failure is logged, not thrown.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
