using System.Runtime.CompilerServices;

namespace Wires.Mailboxes;

/// <summary>The time as the watchdog last saw it: free to read, some milliseconds old, more where the machine stands still.</summary>
/// <remarks>For what may be late, such as leaving out a call that nobody waits for any more; deadlines are set by the true time.</remarks>
internal static class Clock
{
    private static long s_coarse = Environment.TickCount64;

    /// <summary>On the scale of <see cref="Environment.TickCount64"/>, never ahead of it.</summary>
    public static long Coarse
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref s_coarse);
    }

    public static void Refresh() => Volatile.Write(ref s_coarse, Environment.TickCount64);
}
