namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Uri"/> as the string that it was made of.</summary>
public sealed class UriFormatter : WireFormatter<Uri>
{
    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    internal override bool HasIdentity => false;

    /// <inheritdoc/>
    public override int MinimumSize => 4;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Uri? value)
    {
        if (value is not null && value.GetType() != typeof(Uri))
        {
            WireSerializationException.ThrowRuntimeType<Uri>(value);
        }

        writer.WriteString(value?.OriginalString);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Uri? value)
    {
        var text = reader.ReadString();
        if (text is null)
        {
            value = null;
        }
        else if (!Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out value))
        {
            WireSerializationException.ThrowInvalid<Uri>("The string is no URI", in reader);
        }
    }

    /// <inheritdoc/>
    public override Uri? Copy(Uri? value, ref CopyContext context) => value;
}
