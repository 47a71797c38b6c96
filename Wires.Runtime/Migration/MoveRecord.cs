using System.Runtime.InteropServices;
using Wires.Cluster;

namespace Wires.Migration;

/// <summary>What a wire's home is told of a move.</summary>
/// <param name="Type">The name of the wire's type.</param>
/// <param name="Key">Its key.</param>
/// <param name="From">The incarnation that has it.</param>
/// <param name="To">The incarnation that gets it.</param>
/// <param name="Epoch">Its epoch there.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MoveRecord(string Type, WireKey Key, long From, long To, long Epoch)
{
    public int Slot => Slots.Of(Type, Key);

    public void Write(ByteWriter writer)
    {
        writer.Text(Type);
        writer.Key(Key);
        writer.Fixed(From);
        writer.Fixed(To);
        writer.Number((ulong)Epoch);
    }

    public static MoveRecord Read(ref ByteReader reader) => new(reader.Text(), reader.Key(), reader.Fixed(), reader.Fixed(), (long)reader.Number());
}
