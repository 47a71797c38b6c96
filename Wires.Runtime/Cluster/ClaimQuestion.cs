using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>I take the target for dead, having seen its lease with this counter for too long.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClaimQuestion(Guid Generation, long MembersNumber, long Target, long Counter, string Server)
{
    public byte[] Encode()
    {
        var writer = new ByteWriter();
        writer.Guid(Generation);
        writer.Fixed(MembersNumber);
        writer.Fixed(Target);
        writer.Fixed(Counter);
        writer.Text(Server);
        return writer.ToArray();
    }

    public static ClaimQuestion Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var question = new ClaimQuestion(reader.Guid(), reader.Fixed(), reader.Fixed(), reader.Fixed(), reader.Text());
        reader.End();
        return question;
    }
}
