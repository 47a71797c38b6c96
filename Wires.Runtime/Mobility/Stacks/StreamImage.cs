using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>Reads and writes loops over streams of wires: which stream, and the items that have come and were not taken. The rest is asked for by the node that the loop comes to.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal abstract class StreamImage
{
    private static readonly ConcurrentDictionary<Type, StreamImage> s_byItem = new();

    public static StreamImage Of(Type item) => s_byItem.GetOrAdd(item, static item => (StreamImage)StackFormatters.New(typeof(StreamImage<>), item));

    public abstract void Write(IStreamReader reader, ref WireWriter writer, StackWriter stack);

    public abstract IStreamReader Read(WireCall call, ref WireReader reader, StackReader stack);
}

/// <inheritdoc/>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class StreamImage<T> : StreamImage
{
    private const int MaxItems = 1 << 20;

    public override void Write(IStreamReader reader, ref WireWriter writer, StackWriter stack)
    {
        var loop = (StreamEnumerator<T>)reader;
        StreamState<T> state = loop.Look();
        StackImage.WriteCall(ref writer, loop.Call.Handle!, loop.Call.Method);
        writer.WriteUnmanaged(loop.HasBegun, (short)stack.IndexOf(loop.Tokens.First), (short)stack.IndexOf(loop.Tokens.Second));
        if (!loop.HasBegun)
        {
            writer.WriteUnmanaged(state.Window);
            loop.Call.EncodeArguments(ref writer);
            return;
        }

        WireFormatter<T> formatter = ((WireMethod<T>)loop.Call.Method).ResultFormatter;
        writer.WriteUnmanaged(state.IsOver ? 0 : stack.AddReader(loop, state.Items.Length), state.Credit, state.Taken, state.Window);
        T? current = state.Current;
        writer.WriteValue(formatter, in current);
        writer.WriteVarInt(state.Items.Length);
        foreach (T item in state.Items)
        {
            T? next = item;
            writer.WriteValue(formatter, in next);
        }
    }

    public override IStreamReader Read(WireCall call, ref WireReader reader, StackReader stack)
    {
        var stream = (StreamCall<T>)call;
        reader.ReadUnmanaged(out bool hasBegun, out short first, out short second);
        if (!hasBegun)
        {
            int unbegun = Math.Max(1, reader.ReadUnmanaged<int>());
            call.DecodeArguments(ref reader);
            return new StreamEnumerator<T>(stream, unbegun, stack.TokenAt(first), stack.TokenAt(second));
        }

        WireFormatter<T> formatter = ((WireMethod<T>)call.Method).ResultFormatter;
        reader.ReadUnmanaged(out long offer, out int credit, out int taken, out int window);
        T? current = default;
        reader.ReadValue(formatter, ref current);
        int count = reader.ReadVarIntInt32();
        if (count is < 0 or > MaxItems || window < 1)
        {
            throw new WireSerializationException("A loop over a stream has more items than any has.");
        }

        var items = new List<T>();
        for (int i = 0; i < count; i++)
        {
            T? item = default;
            reader.ReadValue(formatter, ref item);
            items.Add(item!);
        }

        var state = new StreamState<T>([.. items], credit, current, taken, window, IsOver: offer == 0);
        stream.Rebuild(call.Handle!, state);
        var loop = new StreamEnumerator<T>(stream, state, stack.TokenAt(first), stack.TokenAt(second));
        stack.AddReader(loop, offer);
        return loop;
    }
}
