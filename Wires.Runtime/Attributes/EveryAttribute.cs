namespace Wires;

/// <summary>The wire runs this method again and again while it is attached. A tick that comes while the last one still waits or runs is left out.</summary>
/// <param name="period">The period as a <see cref="TimeSpan"/> string, for example <c>"00:00:05"</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryAttribute(string period) : Attribute
{
    /// <summary>The period as a <see cref="TimeSpan"/> string.</summary>
    public string Period { get; } = period;
}
