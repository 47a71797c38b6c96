namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Version"/> as an object of four numbers, -1 for one that is not there.</summary>
public sealed class VersionFormatter : WireFormatter<Version>
{
    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    internal override bool HasIdentity => false;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Version? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(4);
        writer.WriteUnmanaged(value.Major, value.Minor, value.Build, value.Revision);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Version? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 4)
        {
            WireSerializationException.ThrowMemberCount<Version>(4, count, in reader);
        }

        reader.ReadUnmanaged(out int major, out int minor, out int build, out int revision);
        if (major < 0 || minor < 0 || build < -1 || revision < -1 || (build < 0 && revision >= 0))
        {
            WireSerializationException.ThrowInvalid<Version>("A version has a negative number", in reader);
        }

        value = (build, revision) switch
        {
            (-1, _) => new Version(major, minor),
            (_, -1) => new Version(major, minor, build),
            _ => new Version(major, minor, build, revision),
        };
    }

    /// <inheritdoc/>
    public override Version? Copy(Version? value, ref CopyContext context) => value;
}
