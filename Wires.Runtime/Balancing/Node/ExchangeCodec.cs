using Wires.Cluster;

namespace Wires.Balancing;

/// <summary>Proposals of exchanges and their answers as bytes; hostile ones are refused as <see cref="BalancingCodec"/> does.</summary>
internal static class ExchangeCodec
{
    /// <summary>Busy wires of one node.</summary>
    private const int MostWires = WorkMeter.MostAccounts + 1024;

    private const int CandidateBytes = 1 + 2 + 8 + 1 + 8 + 8 + 1;
    private const int EdgeBytes = 8 + 1;

    public static byte[] Write(ExchangeProposal proposal)
    {
        var writer = new ByteWriter();
        writer.Fixed(proposal.Number);
        BalancingCodec.Write(writer, proposal.Load);
        BalancingCodec.Write(writer, proposal.Capacity);
        Write(writer, proposal.Present);
        Write(writer, proposal.Candidates);
        return writer.ToArray();
    }

    public static ExchangeProposal ReadProposal(long from, byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        var proposal = new ExchangeProposal(
            from, reader.Fixed(), BalancingCodec.ReadAmount(ref reader), BalancingCodec.ReadAmount(ref reader), ReadFingerprints(ref reader), ReadCandidates(ref reader));
        reader.End();
        return proposal;
    }

    public static byte[] Write(ExchangeAnswer answer)
    {
        var writer = new ByteWriter();
        writer.Fixed(answer.Number);
        writer.Byte(answer.IsBusy ? (byte)1 : (byte)0);
        Write(writer, answer.Accepted);
        Write(writer, answer.Coming);
        BalancingCodec.Write(writer, answer.Gain);
        return writer.ToArray();
    }

    public static ExchangeAnswer ReadAnswer(long from, byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        var answer = new ExchangeAnswer(from, reader.Fixed(), reader.Flag(), ReadFingerprints(ref reader), ReadCandidates(ref reader), BalancingCodec.Read(ref reader));
        reader.End();
        return answer;
    }

    private static void Write(ByteWriter writer, IReadOnlyList<ulong> fingerprints)
    {
        int count = Math.Min(MostWires, fingerprints.Count);
        writer.Number((ulong)count);
        for (int i = 0; i < count; i++)
        {
            writer.Fixed((long)fingerprints[i]);
        }
    }

    private static ulong[] ReadFingerprints(ref ByteReader reader)
    {
        var fingerprints = new ulong[reader.Count(8, MostWires)];
        for (int i = 0; i < fingerprints.Length; i++)
        {
            fingerprints[i] = (ulong)reader.Fixed();
        }

        return fingerprints;
    }

    private static void Write(ByteWriter writer, IReadOnlyList<ExchangeCandidate> candidates)
    {
        writer.Number((ulong)candidates.Count);
        foreach (ExchangeCandidate candidate in candidates)
        {
            writer.Text(candidate.Id.Type);
            writer.Key(candidate.Id.Key);
            BalancingCodec.Write(writer, candidate.Work);
            writer.Number((ulong)candidate.Bytes);
            BalancingCodec.Write(writer, candidate.Gain);
            BalancingCodec.Write(writer, candidate.Price);
            writer.Number((ulong)candidate.Edges.Length);
            foreach (ExchangeEdge edge in candidate.Edges)
            {
                writer.Fixed((long)edge.Peer);
                writer.Number(((ulong)BitConverter.SingleToUInt32Bits(edge.Rate) << 1) | (edge.IsAtTarget ? 1u : 0u));
            }
        }
    }

    private static ExchangeCandidate[] ReadCandidates(ref ByteReader reader)
    {
        var candidates = new ExchangeCandidate[reader.Count(CandidateBytes, MostWires)];
        var seen = new HashSet<ulong>(candidates.Length);
        for (int i = 0; i < candidates.Length; i++)
        {
            var id = new WireId(reader.Text(), reader.Key());
            ulong fingerprint = WireFingerprint.Of(id);
            if (!seen.Add(fingerprint))
            {
                throw ByteReader.Invalid();
            }

            candidates[i] = new ExchangeCandidate(
                id,
                fingerprint,
                BalancingCodec.ReadAmount(ref reader),
                BalancingCodec.ReadInt64(ref reader),
                BalancingCodec.Read(ref reader),
                BalancingCodec.Read(ref reader),
                ReadEdges(ref reader));
        }

        return candidates;
    }

    private static ExchangeEdge[] ReadEdges(ref ByteReader reader)
    {
        var edges = new ExchangeEdge[reader.Count(EdgeBytes, AffinitySketch.PeerCapacity)];
        for (int i = 0; i < edges.Length; i++)
        {
            ulong peer = (ulong)reader.Fixed();
            ulong value = (ulong)BalancingCodec.ReadInt64(ref reader, ((long)uint.MaxValue << 1) | 1);
            float rate = BitConverter.UInt32BitsToSingle((uint)(value >> 1));
            edges[i] = float.IsFinite(rate) && rate >= 0 ? new ExchangeEdge(peer, rate, (value & 1) != 0) : throw ByteReader.Invalid();
        }

        return edges;
    }
}
