using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>What a renewal found.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="ViewNumber">The stored one; 0 if nothing is stored.</param>
/// <param name="Generation">The stored one; null if nothing is stored.</param>
/// <param name="ServerId">As in <see cref="CoordinatorState"/>.</param>
/// <param name="IsRestoring">As in <see cref="CoordinatorState"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RenewResult(RenewOutcome Outcome, long ViewNumber, Generation? Generation, string ServerId, bool IsRestoring);
