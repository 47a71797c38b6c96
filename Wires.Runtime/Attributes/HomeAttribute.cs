namespace Wires;

/// <summary>
/// Marks an interface whose services belong to a place: a console, files, a device. Injected into a wire, it is served by the wire's home, the node where the wire came to life, also after
/// the wire has moved.
/// </summary>
/// <remarks>All its members must be methods that return <see cref="Task"/> or <see cref="ValueTask"/>. See <c>docs/home.md</c>.</remarks>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class HomeAttribute : Attribute
{
    /// <summary>The deadline of its calls, as a <see cref="TimeSpan"/> string. Default: <see cref="WiresOptions.CallTimeout"/>.</summary>
    public string? CallTimeout { get; set; }
}
