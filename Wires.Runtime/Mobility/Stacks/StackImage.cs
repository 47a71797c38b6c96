namespace Wires.Mobility.Stacks;

/// <summary>What both ends of a moving stack share.</summary>
internal static class StackImage
{
    public const string Reflection = "The variables of suspended methods are found by reflection. In a trimmed or natively compiled application, wires stay where they are while a method is suspended.";
}
