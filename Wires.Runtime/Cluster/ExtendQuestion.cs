using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>Promise me, as a member of this set, not to let anyone claim what is mine.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ExtendQuestion(Guid Generation, long MembersNumber)
{
    public byte[] Encode()
    {
        var writer = new ByteWriter();
        writer.Guid(Generation);
        writer.Fixed(MembersNumber);
        return writer.ToArray();
    }

    public static ExtendQuestion Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var question = new ExtendQuestion(reader.Guid(), reader.Fixed());
        reader.End();
        return question;
    }
}
