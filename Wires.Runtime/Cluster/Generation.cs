using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>One life of a cluster, from its founding on.</summary>
/// <param name="Id">Random.</param>
/// <param name="FoundedAt">Milliseconds since 1970 by the coordinator's clock; 0 until the coordinator has set it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Generation(Guid Id, long FoundedAt)
{
    /// <summary>Of two generations the younger yields. Everyone orders two of them alike, so equal times are told apart by their ids.</summary>
    public bool IsYoungerThan(Generation other) => FoundedAt != other.FoundedAt ? FoundedAt > other.FoundedAt : Id.CompareTo(other.Id) > 0;
}
