using System.Runtime.Serialization;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="TimeZoneInfo"/> as its own serialized string, so with its rules.</summary>
public sealed class TimeZoneInfoFormatter : WireFormatter<TimeZoneInfo>
{
    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    internal override bool HasIdentity => false;

    /// <inheritdoc/>
    public override int MinimumSize => 4;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly TimeZoneInfo? value) => writer.WriteString(value?.ToSerializedString());

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref TimeZoneInfo? value)
    {
        var text = reader.ReadString();
        try
        {
            value = text is null ? null : TimeZoneInfo.FromSerializedString(text);
        }
        catch (Exception e) when (e is ArgumentException or SerializationException or InvalidTimeZoneException or FormatException or OverflowException)
        {
            WireSerializationException.ThrowInvalid<TimeZoneInfo>("The string is no time zone", in reader, e);
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo? Copy(TimeZoneInfo? value, ref CopyContext context) => value;
}
