using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Serialization.Formatters;

namespace Wires.Mobility.Stacks;

/// <summary>What both ends of a moving stack share.</summary>
internal static class StackImage
{
    public const string Reflection = "The variables of suspended methods are found by reflection. In a trimmed or natively compiled application, wires stay where they are while a method is suspended.";

    /// <summary>Which method of which wire is called.</summary>
    public static void WriteCall(ref WireWriter writer, WireHandle wire, WireMethod method)
    {
        writer.WriteString(wire.Type.Name);
        WireKeyFormatter.WriteKey(ref writer, wire.Key);
        writer.WriteUnmanaged(method.Id);
    }

    /// <summary>An empty call of such a method.</summary>
    public static WireCall ReadCall(ref WireReader reader, WireNode node)
    {
        WireType type = WireRegistry.GetType(reader.ReadString() ?? "");
        WireKey key = WireKeyFormatter.ReadKey(ref reader);
        WireCall call = type.GetMethod(reader.ReadUnmanaged<ulong>()).Create();
        call.Handle = node.HandleOf(type, key);
        return call;
    }
}
