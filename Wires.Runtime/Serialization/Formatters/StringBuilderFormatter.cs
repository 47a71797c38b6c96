using System.Runtime.InteropServices;
using System.Text;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="StringBuilder"/> as UTF-16, as MemoryPack does whatever the option for strings says.</summary>
public sealed class StringBuilderFormatter : WireFormatter<StringBuilder>
{
    /// <inheritdoc/>
    public override int MinimumSize => 4;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly StringBuilder? value)
    {
        if (value is null)
        {
            writer.WriteNullCollectionHeader();
            return;
        }

        writer.WriteCollectionHeader(value.Length);
        foreach (var chunk in value.GetChunks())
        {
            writer.WriteRawElements(chunk.Span);
        }
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref StringBuilder? value)
    {
        if (!reader.TryReadCollectionHeader(out var count))
        {
            value = null;
            return;
        }

        var chars = reader.ReadRawElements<char>(count);
        value = new StringBuilder(count).Append(chars);
    }

    /// <inheritdoc/>
    public override StringBuilder? Copy(StringBuilder? value, ref CopyContext context) =>
        value is null ? null : new StringBuilder(value.Length).Append(value);
}
