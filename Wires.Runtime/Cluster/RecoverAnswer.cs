namespace Wires.Cluster;

/// <summary>What lives here of the slots asked for, and for which of them a higher epoch has been heard.</summary>
internal sealed record RecoverAnswer(List<(int Slot, uint Epoch)> Outbid, IReadOnlyList<HostedWire> Wires)
{
    public byte[] Encode()
    {
        var writer = new ByteWriter();
        writer.Byte((byte)PeerAnswer.Yes);
        RecoverQuestion.Write(writer, Outbid);
        writer.Number((ulong)Wires.Count);
        foreach (HostedWire wire in Wires)
        {
            writer.Text(wire.Type);
            writer.Key(wire.Key);
            writer.Number((ulong)wire.Epoch);
            writer.Number((ulong)wire.Incarnation);
        }

        return writer.ToArray();
    }

    /// <summary>Null if the other would not answer.</summary>
    public static RecoverAnswer? Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != (byte)PeerAnswer.Yes)
        {
            return null;
        }

        List<(int Slot, uint Epoch)> outbid = RecoverQuestion.Read(ref reader);

        // Type, kind of key and key, epoch, node.
        var wires = new HostedWire[reader.Count(1 + 2 + 1 + 1)];
        for (int i = 0; i < wires.Length; i++)
        {
            wires[i] = new HostedWire(reader.Text(), reader.Key(), (long)reader.Number(), (long)reader.Number());
        }

        reader.End();
        return new RecoverAnswer(outbid, wires);
    }
}
