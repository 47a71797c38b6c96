using System.Collections.Immutable;

namespace Wires.Cluster;

/// <content>As it is stored at the coordinator.</content>
internal sealed partial class View
{
    private const byte Format = 1;
    private const int MaxMembers = 4096;

    // Incarnation, two texts, speed, build, flag.
    private const int LeastBytesOfMember = 8 + 1 + 1 + 8 + 16 + 1;

    private byte[]? _encoded;

    public byte[] Encode() => _encoded ??= EncodeAnew();

    /// <exception cref="InvalidDataException">It is no view.</exception>
    public static View Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() is var format && format != Format)
        {
            throw new InvalidDataException($"The cluster's view has format {format}, and this build reads format {Format} only: do not mix versions of Wires in one cluster");
        }

        Guid generation = reader.Guid();
        long number = ReadNumber(ref reader);
        long membersNumber = ReadNumber(ref reader);
        long previousMembersNumber = ReadNumber(ref reader);
        int needed = reader.Number(MaxMembers);
        ImmutableArray<long> previous = ReadIncarnations(ref reader);
        if (membersNumber > number || previousMembersNumber >= membersNumber || needed > previous.Length)
        {
            throw ByteReader.Invalid();
        }

        ImmutableArray<Member> members = ReadMembers(ref reader);
        var owners = new long[Slots.Count];
        var epochs = new uint[Slots.Count];
        for (int slot = 0; slot < Slots.Count; slot++)
        {
            int index = reader.Number(members.Length);
            owners[slot] = index == 0 ? 0 : members[index - 1].Incarnation;
            epochs[slot] = reader.Epoch();
        }

        reader.End();
        return new View(owners, epochs)
        {
            Generation = generation,
            Number = number,
            Members = members,
            MembersNumber = membersNumber,
            PreviousMembers = previous,
            PreviousMembersNumber = previousMembersNumber,
            AcknowledgementsNeeded = needed,
        };
    }

    private byte[] EncodeAnew()
    {
        var writer = new ByteWriter();
        writer.Byte(Format);
        writer.Guid(Generation);
        writer.Number((ulong)Number);
        writer.Number((ulong)MembersNumber);
        writer.Number((ulong)PreviousMembersNumber);
        writer.Number((ulong)AcknowledgementsNeeded);
        writer.Number((ulong)PreviousMembers.Length);
        foreach (long incarnation in PreviousMembers)
        {
            writer.Fixed(incarnation);
        }

        writer.Number((ulong)Members.Length);
        var indexes = new Dictionary<long, int>();
        foreach (Member member in Members)
        {
            indexes.Add(member.Incarnation, indexes.Count + 1);
            writer.Fixed(member.Incarnation);
            writer.Text(member.Name);
            writer.Text(member.Address);
            writer.Fixed(BitConverter.DoubleToInt64Bits(member.Speed));
            writer.Guid(member.Build);
            writer.Byte(member.IsLeaving ? (byte)1 : (byte)0);
        }

        // Owners of neighbouring slots have nothing in common, so there are no runs to count; most epochs are small.
        for (int slot = 0; slot < Slots.Count; slot++)
        {
            writer.Number((ulong)indexes.GetValueOrDefault(_owners[slot]));
            writer.Number(_epochs[slot]);
        }

        return writer.ToArray();
    }

    private static long ReadNumber(ref ByteReader reader)
    {
        ulong number = reader.Number();
        return number <= long.MaxValue ? (long)number : throw ByteReader.Invalid();
    }

    private static ImmutableArray<long> ReadIncarnations(ref ByteReader reader)
    {
        var incarnations = new long[reader.Count(sizeof(long), MaxMembers)];
        for (int i = 0; i < incarnations.Length; i++)
        {
            incarnations[i] = reader.Fixed();
        }

        return [.. incarnations];
    }

    private static ImmutableArray<Member> ReadMembers(ref ByteReader reader)
    {
        var members = new Member[reader.Count(LeastBytesOfMember, MaxMembers)];
        var seen = new HashSet<long>();
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = new Member(
                reader.Fixed(), reader.Text(), reader.Text(), BitConverter.Int64BitsToDouble(reader.Fixed()), reader.Guid(), reader.Flag());
            if (members[i].Incarnation == 0 || !seen.Add(members[i].Incarnation) || !(members[i].Speed > 0) || !double.IsFinite(members[i].Speed))
            {
                throw ByteReader.Invalid();
            }
        }

        return [.. members];
    }
}
