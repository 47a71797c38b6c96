namespace Wires.Serialization.Formatters;

/// <summary>The name of the wire type, then the key.</summary>
internal sealed class WireIdFormatter : WireFormatter<WireId>
{
    public override bool IsShared => true;

    public override void Write(ref WireWriter writer, scoped ref readonly WireId value)
    {
        writer.WriteString(value.Type);
        WireKeyFormatter.WriteKey(ref writer, value.Key);
    }

    public override void Read(ref WireReader reader, scoped ref WireId value) => value = new WireId(reader.ReadString()!, WireKeyFormatter.ReadKey(ref reader));

    public override WireId Copy(WireId value, ref CopyContext context) => value;
}
