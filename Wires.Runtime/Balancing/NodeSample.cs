using System.Runtime.InteropServices;

namespace Wires.Balancing;

/// <summary>What a node measured of itself since its last round.</summary>
/// <param name="Work">Processor time that turns took since then, all wires together, in seconds.</param>
/// <param name="Backlog">Processor time that the messages now waiting will take, in seconds: their number by the mean time of a turn.</param>
/// <param name="UsedMemory">Bytes in use.</param>
/// <param name="TotalMemory">Bytes that may be used; 0 if there is no limit.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NodeSample(double Work, double Backlog, long UsedMemory, long TotalMemory)
{
    /// <summary>The share of memory in use.</summary>
    public double MemoryUse => TotalMemory <= 0 ? 0 : (double)UsedMemory / TotalMemory;

    /// <summary>Bytes left.</summary>
    public long FreeMemory => TotalMemory <= 0 ? long.MaxValue : Math.Max(0, TotalMemory - UsedMemory);
}
