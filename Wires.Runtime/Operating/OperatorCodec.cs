using Wires.Cluster;

namespace Wires.Operating;

/// <summary>What operators and nodes say to each other, as bytes.</summary>
internal static class OperatorCodec
{
    // Text, kind of key and key, node, flag, two numbers, none of which may be empty of bytes.
    private const int LeastBytesOfWire = 6;

    public static void Write(this ByteWriter writer, WireId wire)
    {
        writer.Text(wire.Type);
        writer.Key(wire.Key);
    }

    public static WireId Wire(this ref ByteReader reader) => new(reader.Text(), reader.Key());

    public static void Write(this ByteWriter writer, PinReason pin)
    {
        writer.Byte((byte)pin.Kind);
        writer.Text(pin.Text);
    }

    public static PinReason Pin(this ref ByteReader reader)
    {
        var kind = (PinKind)reader.Byte();
        return new PinReason(Enum.IsDefined(kind) ? kind : throw ByteReader.Invalid(), reader.Text());
    }

    public static void Write(this ByteWriter writer, NodeReport node)
    {
        writer.Text(node.Name);
        writer.Text(node.Address);
        writer.Double(node.Speed);
        writer.Guid(node.Build);
        writer.Number((ulong)node.Cores);
        writer.Number((ulong)node.Slots);
        writer.Number((ulong)node.Wires);
        writer.Number((ulong)node.Guests);
        writer.Double(node.Load);
        writer.Fixed(node.Memory);
        writer.Fixed(node.MemoryLimit);
        writer.Fixed(node.Uptime.Ticks);
        writer.Number((ulong)node.Protocol);
        writer.Byte((byte)node.Marks);
    }

    public static NodeReport Node(this ref ByteReader reader) => new()
    {
        Name = reader.Text(),
        Address = reader.Text(),
        Speed = reader.Double(),
        Build = reader.Guid(),
        Cores = reader.Number(int.MaxValue),
        Slots = reader.Number(int.MaxValue),
        Wires = reader.Number(int.MaxValue),
        Guests = reader.Number(int.MaxValue),
        Load = reader.Double(),
        Memory = reader.Fixed(),
        MemoryLimit = reader.Fixed(),
        Uptime = new TimeSpan(reader.Fixed()),
        Protocol = reader.Number(int.MaxValue),
        Marks = (NodeMarks)reader.Byte(),
    };

    public static void Write(this ByteWriter writer, IReadOnlyCollection<WireReport> wires)
    {
        writer.Number((ulong)wires.Count);
        foreach (WireReport wire in wires)
        {
            writer.Write(wire.Id);
            writer.Byte(wire.IsGuest ? (byte)1 : (byte)0);
            writer.Number((ulong)wire.Waiting);
            writer.Number(wire.Busy is { } busy ? (ulong)(busy * 1000) + 1 : 0);
        }
    }

    public static List<WireReport> Wires(this ref ByteReader reader, string node)
    {
        int count = reader.Count(LeastBytesOfWire);
        var wires = new List<WireReport>(count);
        for (int i = 0; i < count; i++)
        {
            WireId id = reader.Wire();
            bool isGuest = reader.Flag();
            int waiting = reader.Number(int.MaxValue);
            int busy = reader.Number(1001);
            wires.Add(new WireReport(id, node, isGuest, waiting, busy == 0 ? null : (busy - 1) / 1000.0));
        }

        return wires;
    }

    public static void Write(this ByteWriter writer, EmptyingReport report)
    {
        writer.Number((ulong)report.Moved);
        writer.Number((ulong)report.Left);
        writer.Number((ulong)report.Stays.Count);
        foreach (StayingWire wire in report.Stays)
        {
            writer.Write(wire.Id);
            writer.Write(wire.Reason);
        }
    }

    public static EmptyingReport Emptying(this ref ByteReader reader)
    {
        int moved = reader.Number(int.MaxValue);
        int left = reader.Number(int.MaxValue);
        var stays = new StayingWire[reader.Count(LeastBytesOfWire, EmptyingReport.MostStays)];
        for (int i = 0; i < stays.Length; i++)
        {
            stays[i] = new StayingWire(reader.Wire(), reader.Pin());
        }

        return new EmptyingReport(moved, left, stays);
    }

    private static void Double(this ByteWriter writer, double value) => writer.Fixed(BitConverter.DoubleToInt64Bits(value));

    private static double Double(this ref ByteReader reader) => BitConverter.Int64BitsToDouble(reader.Fixed()) is var value && double.IsFinite(value) ? value : throw ByteReader.Invalid();
}
