using System.ComponentModel;
using Wires.Serialization;
using Wires.Serialization.Formatters;

namespace Wires.Infrastructure;

/// <summary>Writes a ref as its key; the type is known where it is read. A ref that is read belongs to the node that reads it.</summary>
/// <typeparam name="TRef">The ref.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WireRefFormatter<TRef> : WireFormatter<TRef>
    where TRef : struct, IWireRef<TRef>
{
    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly TRef value) => WireKeyFormatter.WriteKey(ref writer, value.Handle?.Key ?? default);

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref TRef value)
    {
        WireKey key = WireKeyFormatter.ReadKey(ref reader);
        if (key.IsDefault)
        {
            value = default;
            return;
        }

        if (reader.Wires is not WireNode node)
        {
            throw new WireSerializationException($"A {typeof(TRef).Name} was read outside a node: it must be bound to the node that will call it.");
        }

        value = TRef.FromHandle(node.HandleOf(TRef.Type, key));
    }

    /// <inheritdoc/>
    public override TRef Copy(TRef value, ref CopyContext context) => value;
}
