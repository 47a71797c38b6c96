using Wires.Cluster;

namespace Wires.Balancing;

/// <summary>Load news and grants as bytes. Reading throws nothing but <see cref="InvalidDataException"/>, and allocates no more than the bytes could hold.</summary>
internal static class BalancingCodec
{
    /// <summary>Nodes named in one message, far above any window.</summary>
    private const int MostEntries = 64 * 1024;

    /// <summary>Meetings named in one message.</summary>
    public const int MostMeetings = 16 * 1024;

    private const int EntryBytes = 8 + 1 + 1 + 8 + 8 + 8 + 1 + 1;
    private static readonly TimeSpan s_longestAge = TimeSpan.FromDays(1);

    public static byte[] Write(LoadNews news)
    {
        var writer = new ByteWriter();
        writer.Number((ulong)news.Entries.Length);
        foreach (NewsEntry entry in news.Entries)
        {
            writer.Fixed(entry.Node);
            writer.Number(entry.Sequence);
            writer.Number((ulong)Math.Clamp(entry.Age.Ticks, 0, s_longestAge.Ticks));
            Write(writer, entry.Exported);
            Write(writer, entry.Load);
            Write(writer, entry.Capacity);
            writer.Number((ulong)entry.FreeMemory);
            writer.Byte((byte)entry.State);
        }

        return writer.ToArray();
    }

    public static LoadNews ReadNews(long from, byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        var entries = new NewsEntry[reader.Count(EntryBytes, MostEntries)];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new NewsEntry(
                reader.Fixed(), reader.Number(), new TimeSpan(ReadInt64(ref reader, s_longestAge.Ticks)), ReadAmount(ref reader), ReadAmount(ref reader), ReadAmount(ref reader), ReadInt64(ref reader), ReadState(ref reader));
        }

        reader.End();
        return new LoadNews(from, entries);
    }

    public static byte[] Write(in GrantRequest request)
    {
        var writer = new ByteWriter();
        writer.Byte((byte)request.Reason);
        writer.Number((ulong)request.Wires);
        Write(writer, request.Work);
        Write(writer, request.LargestWork);
        writer.Number((ulong)request.Bytes);
        Write(writer, request.SenderLoad);
        Write(writer, request.SenderMean);
        return writer.ToArray();
    }

    public static GrantRequest ReadRequest(long from, byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        byte reason = reader.Byte();
        if (reason > (byte)BalancingReason.Placement)
        {
            throw ByteReader.Invalid();
        }

        var request = new GrantRequest(
            from, (BalancingReason)reason, reader.Number(int.MaxValue), ReadAmount(ref reader), ReadAmount(ref reader), ReadInt64(ref reader), ReadAmount(ref reader), ReadAmount(ref reader));
        reader.End();
        return request;
    }

    public static byte[] Write(GrantAnswer answer)
    {
        var writer = new ByteWriter();
        Write(writer, answer.Work);
        writer.Number((ulong)Math.Max(0, answer.Bytes));
        return writer.ToArray();
    }

    public static GrantAnswer ReadAnswer(byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        var answer = new GrantAnswer(ReadAmount(ref reader), ReadInt64(ref reader));
        reader.End();
        return answer;
    }

    /// <summary>Pairs of a wire of the node that is told, and one of the teller's that has called it.</summary>
    public static byte[] Write(IReadOnlyCollection<(ulong Called, ulong Caller)> meetings)
    {
        var writer = new ByteWriter();
        writer.Number((ulong)Math.Min(MostMeetings, meetings.Count));
        foreach ((ulong called, ulong caller) in meetings.Take(MostMeetings))
        {
            writer.Fixed((long)called);
            writer.Fixed((long)caller);
        }

        return writer.ToArray();
    }

    public static (ulong Called, ulong Caller)[] ReadMeetings(byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        var meetings = new (ulong Called, ulong Caller)[reader.Count(16, MostMeetings)];
        for (int i = 0; i < meetings.Length; i++)
        {
            meetings[i] = ((ulong)reader.Fixed(), (ulong)reader.Fixed());
        }

        reader.End();
        return meetings;
    }

    public static void Write(ByteWriter writer, double value) => writer.Fixed(BitConverter.DoubleToInt64Bits(value));

    public static double Read(ref ByteReader reader)
    {
        double value = BitConverter.Int64BitsToDouble(reader.Fixed());
        return double.IsFinite(value) ? value : throw ByteReader.Invalid();
    }

    public static double ReadAmount(ref ByteReader reader)
    {
        double value = Read(ref reader);
        return value >= 0 ? value : throw ByteReader.Invalid();
    }

    public static long ReadInt64(ref ByteReader reader, long most = long.MaxValue)
    {
        ulong value = reader.Number();
        return value <= (ulong)most ? (long)value : throw ByteReader.Invalid();
    }

    private static NodeState ReadState(ref ByteReader reader)
    {
        byte state = reader.Byte();
        return state <= (byte)NodeState.Draining ? (NodeState)state : throw ByteReader.Invalid();
    }
}
