using System.Runtime.InteropServices;

namespace Wires.Balancing;

/// <summary>A node asks another one whether it may send wires.</summary>
/// <param name="From">Who asks.</param>
/// <param name="Reason">Why the wires are to move.</param>
/// <param name="Wires">How many they are.</param>
/// <param name="Work">What work they make together, in processors of reference speed.</param>
/// <param name="LargestWork">What the largest of them makes.</param>
/// <param name="Bytes">How many bytes they are together.</param>
/// <param name="SenderLoad">The load of the asker, these wires included.</param>
/// <param name="SenderMean">The mean load of the cluster as the asker knows it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GrantRequest(long From, BalancingReason Reason, int Wires, double Work, double LargestWork, long Bytes, double SenderLoad, double SenderMean);
