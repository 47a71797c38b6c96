using System.ComponentModel;

namespace Wires.Infrastructure;

/// <summary>A method that a wire runs again and again: <see cref="EveryAttribute"/>.</summary>
/// <param name="Period">From tick to tick.</param>
/// <param name="Method">The method; its messages are <see cref="TickCall"/>s.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record WireTick(TimeSpan Period, WireMethod Method);
