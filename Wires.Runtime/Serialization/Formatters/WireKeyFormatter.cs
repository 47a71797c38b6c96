namespace Wires.Serialization.Formatters;

/// <summary>A key: its kind, then the value. A default key is a kind of its own.</summary>
internal sealed class WireKeyFormatter : WireFormatter<WireKey>
{
    private const byte Default = 0;
    private const byte Text = 1;
    private const byte Int64 = 2;
    private const byte Uuid = 3;

    public override bool IsShared => true;

    public override void Write(ref WireWriter writer, scoped ref readonly WireKey value) => WriteKey(ref writer, value);

    public override void Read(ref WireReader reader, scoped ref WireKey value) => value = ReadKey(ref reader);

    public override WireKey Copy(WireKey value, ref CopyContext context) => value;

    public static void WriteKey(ref WireWriter writer, WireKey key)
    {
        if (key.IsDefault)
        {
            writer.WriteUnmanaged(Default);
        }
        else if (key.TryGetString(out string? text))
        {
            writer.WriteUnmanaged(Text);
            writer.WriteString(text);
        }
        else if (key.TryGetInt64(out long number))
        {
            writer.WriteUnmanaged(Int64);
            writer.WriteUnmanaged(number);
        }
        else
        {
            key.TryGetGuid(out Guid guid);
            writer.WriteUnmanaged(Uuid);
            writer.WriteUnmanaged(guid);
        }
    }

    public static WireKey ReadKey(ref WireReader reader)
    {
        byte kind = reader.ReadUnmanaged<byte>();
        return kind switch
        {
            Default => default,
            Text => reader.ReadString() is { Length: > 0 } text ? new WireKey(text) : throw new WireSerializationException("The key of a wire was read as an empty text."),
            Int64 => new WireKey(reader.ReadUnmanaged<long>()),
            Uuid => new WireKey(reader.ReadUnmanaged<Guid>()),
            _ => throw new WireSerializationException($"The key of a wire was read as one of kind {kind}, which is none."),
        };
    }
}
