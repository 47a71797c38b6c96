using System.ComponentModel;
using Wires.Serialization;

namespace Wires.Infrastructure;

/// <summary>Writes a ref as its key; the type is known where it is read. A ref that is read belongs to the node that reads it.</summary>
/// <typeparam name="TRef">The ref.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WireRefFormatter<TRef> : WireFormatter<TRef>
    where TRef : struct, IWireRef<TRef>
{
    private const byte Default = 0;
    private const byte Text = 1;
    private const byte Int64 = 2;
    private const byte Uuid = 3;

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly TRef value)
    {
        if (value.Handle is not { } handle)
        {
            writer.WriteUnmanaged(Default);
        }
        else if (handle.Key.TryGetString(out string? text))
        {
            writer.WriteUnmanaged(Text);
            writer.WriteString(text);
        }
        else if (handle.Key.TryGetInt64(out long number))
        {
            writer.WriteUnmanaged(Int64);
            writer.WriteUnmanaged(number);
        }
        else
        {
            handle.Key.TryGetGuid(out Guid guid);
            writer.WriteUnmanaged(Uuid);
            writer.WriteUnmanaged(guid);
        }
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref TRef value)
    {
        byte kind = reader.ReadUnmanaged<byte>();
        if (kind == Default)
        {
            value = default;
            return;
        }

        WireKey key = kind switch
        {
            Text => reader.ReadString() is { Length: > 0 } text ? new WireKey(text) : throw Malformed("an empty key"),
            Int64 => new WireKey(reader.ReadUnmanaged<long>()),
            Uuid => new WireKey(reader.ReadUnmanaged<Guid>()),
            _ => throw Malformed($"a key of kind {kind}"),
        };
        if (reader.Wires is not WireNode node)
        {
            throw new WireSerializationException($"A {typeof(TRef).Name} was read outside a node: it must be bound to the node that will call it.");
        }

        value = TRef.FromHandle(node.HandleOf(TRef.Type, key));
    }

    /// <inheritdoc/>
    public override TRef Copy(TRef value, ref CopyContext context) => value;

    private static WireSerializationException Malformed(string what) => new($"A {typeof(TRef).Name} was read with {what}.");
}
