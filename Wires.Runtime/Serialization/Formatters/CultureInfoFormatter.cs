using System.Globalization;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="CultureInfo"/> as its name. What a program changed in it is not carried; it is read as a shared, read-only one.</summary>
public sealed class CultureInfoFormatter : WireFormatter<CultureInfo>
{
    /// <inheritdoc/>
    public override int MinimumSize => 4;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly CultureInfo? value) => writer.WriteString(value?.Name);

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref CultureInfo? value)
    {
        var name = reader.ReadString();
        try
        {
            value = Find(name);
        }
        catch (CultureNotFoundException e)
        {
            WireSerializationException.ThrowInvalid<CultureInfo>("The string names no culture that is known here", in reader, e);
        }
    }

    /// <inheritdoc/>
    public override CultureInfo? Copy(CultureInfo? value, ref CopyContext context)
    {
        try
        {
            return Find(value?.Name);
        }
        catch (CultureNotFoundException e)
        {
            throw new WireSerializationException("A culture of the program's own cannot be copied", typeof(CultureInfo), -1, e);
        }
    }

    // Predefined ones only: the runtime caches every culture that it makes up for a name, for ever.
    private static CultureInfo? Find(string? name) =>
        name switch
        {
            null => null,
            "" => CultureInfo.InvariantCulture,
            _ => CultureInfo.GetCultureInfo(name, predefinedOnly: true),
        };
}
