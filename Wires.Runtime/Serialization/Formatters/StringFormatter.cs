namespace Wires.Serialization.Formatters;

/// <summary>Formats strings.</summary>
public sealed class StringFormatter : WireFormatter<string>
{
    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    internal override bool HasIdentity => false;

    /// <inheritdoc/>
    public override int MinimumSize => 4;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly string? value) => writer.WriteString(value);

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref string? value) => value = reader.ReadString();

    /// <inheritdoc/>
    public override string? Copy(string? value, ref CopyContext context) => value;
}
