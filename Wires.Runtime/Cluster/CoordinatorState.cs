namespace Wires.Cluster;

/// <summary>All that the coordinator holds, at one moment.</summary>
/// <param name="Generation">Null if nothing is stored.</param>
/// <param name="ViewNumber">0 if nothing is stored.</param>
/// <param name="View">Null if nothing is stored.</param>
/// <param name="Secret">The cluster's secret; null if none is stored.</param>
/// <param name="Leases">In no particular order.</param>
/// <param name="IsRestoring">Whether something was put back, and members may get their lost leases back.</param>
/// <param name="ServerId">Another one than before: data may be lost that the earlier server had confirmed.</param>
internal sealed record CoordinatorState(
    Generation? Generation,
    long ViewNumber,
    byte[]? View,
    byte[]? Secret,
    IReadOnlyList<LeaseState> Leases,
    bool IsRestoring,
    string ServerId);
