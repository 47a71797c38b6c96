using System.Buffers;
using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Serialization.Formatters;
using Wires.Serialization.Images;

namespace Wires.Migration;

/// <summary>What a wire is on its way from node to node: who it is, what its timers wait for, and its state.</summary>
internal static class WireImage
{
    /// <summary>Far above what any setting tells apart.</summary>
    private const int MostMoves = 64;

    /// <summary>Writes a wire whose turns stand still.</summary>
    /// <returns>What is to be done with its suspended methods once it leaves; null for nothing.</returns>
    public static Mobility.Stacks.StackPlan? Write(IBufferWriter<byte> buffer, Activation wire, long epoch, ReadOnlySpan<TimeSpan> ticks, bool isUnborn = false)
    {
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged(epoch);
        writer.WriteString(wire.Type.Name);
        WireKeyFormatter.WriteKey(ref writer, wire.Handle.Key);
        writer.WriteString(wire.Home);
        writer.WriteVarInt(ticks.Length);
        foreach (TimeSpan tick in ticks)
        {
            writer.WriteUnmanaged(tick.Ticks);
        }

        (double work, int moves, bool drivesItself) = wire.Node.Cluster?.Balancing?.Describe(wire) ?? default;
        writer.WriteUnmanaged(work, moves, drivesItself ? (byte)1 : (byte)0);
        writer.WriteUnmanaged(isUnborn, isUnborn && wire.Node.Cluster?.WasLost(wire.Handle) == true);
        writer.Flush();
        return isUnborn ? null : MigrationImage.Write(wire, buffer);
    }

    /// <summary>Reads all but the state, which is read into the rebuilt object.</summary>
    /// <exception cref="WireException">The wire's type is not known here.</exception>
    public static Arrival Read(ref WireReader reader, WireNode node, long from)
    {
        long epoch = reader.ReadUnmanaged<long>();
        WireType type = WireRegistry.GetType(reader.ReadString() ?? "");
        WireKey key = WireKeyFormatter.ReadKey(ref reader);
        string? home = reader.ReadString();
        int count = reader.ReadVarIntInt32();
        if (count != 0 && count != type.Ticks.Length)
        {
            throw new WireSerializationException($"The image of a {type.Name} has {count} timers where its class has {type.Ticks.Length}: its node runs another version of the class.");
        }

        var ticks = new TimeSpan[count];
        for (int i = 0; i < count; i++)
        {
            ticks[i] = new TimeSpan(Math.Max(0, reader.ReadUnmanaged<long>()));
        }

        reader.ReadUnmanaged(out double work, out int moves, out byte drivesItself);
        reader.ReadUnmanaged(out bool isUnborn, out bool wasLost);
        return new Arrival(node.HandleOf(type, key), from, epoch, ticks)
        {
            Home = string.IsNullOrEmpty(home) ? node.Name : home,
            Work = double.IsFinite(work) ? Math.Max(0, work) : 0,
            RecentMoves = Math.Clamp(moves, 0, MostMoves),
            IsUnborn = isUnborn,
            WasLost = wasLost,
            DrivesItself = drivesItself != 0,
        };
    }
}
