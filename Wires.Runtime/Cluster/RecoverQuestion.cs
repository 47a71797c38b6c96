namespace Wires.Cluster;

/// <summary>These slots are mine with these epochs: which of their wires live with you?</summary>
internal static class RecoverQuestion
{
    public static byte[] Encode(IReadOnlyCollection<(int Slot, uint Epoch)> slots)
    {
        var writer = new ByteWriter();
        Write(writer, slots);
        return writer.ToArray();
    }

    public static List<(int Slot, uint Epoch)> Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        List<(int, uint)> slots = Read(ref reader);
        reader.End();
        return slots;
    }

    public static void Write(ByteWriter writer, IReadOnlyCollection<(int Slot, uint Epoch)> slots)
    {
        writer.Number((ulong)slots.Count);
        foreach ((int slot, uint epoch) in slots)
        {
            writer.Number((ulong)slot);
            writer.Number(epoch);
        }
    }

    public static List<(int Slot, uint Epoch)> Read(ref ByteReader reader)
    {
        int count = reader.Count(2, Slots.Count);
        var slots = new List<(int, uint)>(count);
        for (int i = 0; i < count; i++)
        {
            slots.Add((reader.Number(Slots.Count - 1), reader.Epoch()));
        }

        return slots;
    }
}
