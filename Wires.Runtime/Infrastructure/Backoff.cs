using System.Runtime.InteropServices;

namespace Wires.Infrastructure;

/// <summary>Pauses between attempts, each twice the one before.</summary>
/// <param name="first">The first pause.</param>
/// <param name="longest">Where they cease to grow.</param>
[StructLayout(LayoutKind.Auto)]
internal struct Backoff(TimeSpan first, TimeSpan longest)
{
    private TimeSpan _next = first;

    /// <summary>The pause before the next attempt.</summary>
    public TimeSpan Next()
    {
        TimeSpan pause = _next;
        _next = pause + pause < longest ? pause + pause : longest;
        return pause;
    }
}
