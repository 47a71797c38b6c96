using System.Runtime.InteropServices;

namespace Wires.Balancing;

/// <summary>How much of what was asked for may come. The asker sends wires, in the order in which it decided, as long as they fit.</summary>
/// <param name="Work">Work, in processors of reference speed; 0 refuses all.</param>
/// <param name="Bytes">Bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GrantAnswer(double Work, long Bytes)
{
    /// <summary>Nothing may come.</summary>
    public static GrantAnswer Refused => default;
}
