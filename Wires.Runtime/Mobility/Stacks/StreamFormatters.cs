using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>Formatters of what a loop over a stream holds, and of streams that were asked for and not read yet.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal static class StreamFormatters
{
    public static object? Make(Type type)
    {
        if (!type.IsGenericType)
        {
            return null;
        }

        Type definition = type.GetGenericTypeDefinition();
        Type item = type.GetGenericArguments()[0];
        return definition == typeof(IAsyncEnumerator<>) ? StackFormatters.New(typeof(StreamLoopFormatter<>), item)
            : definition == typeof(IAsyncEnumerable<>) ? StackFormatters.New(typeof(StreamFormatter<>), item)
            : definition == typeof(ConfiguredCancelableAsyncEnumerable<>.Enumerator) ? StackFormatters.New(typeof(ConfiguredLoopFormatter<>), item)
            : null;
    }
}

/// <summary>A loop over a stream of a wire.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class StreamLoopFormatter<T> : VariableFormatter<IAsyncEnumerator<T>>
{
    protected override void Write(ref WireWriter writer, scoped ref readonly IAsyncEnumerator<T>? value, StackWriter stack)
    {
        writer.WriteUnmanaged(value is not null);
        if (value is not null)
        {
            stack.WriteReader(ref writer, value as StreamEnumerator<T> ?? throw stack.Cannot($"it reads a {value.GetType()}: only a stream of a wire can be read on from another node"));
        }
    }

    protected override IAsyncEnumerator<T>? Read(ref WireReader reader, StackReader stack) =>
        !reader.ReadUnmanaged<bool>() ? null : stack.ReadReader(ref reader) as IAsyncEnumerator<T> ?? throw new WireSerializationException("A stream has items of another type: it is of another build.");
}

/// <summary>A loop that awaits by <c>ConfigureAwait</c> or <c>WithCancellation</c>: a structure around the other one.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class ConfiguredLoopFormatter<T> : VariableFormatter<ConfiguredCancelableAsyncEnumerable<T>.Enumerator>
{
    private static readonly StreamLoopFormatter<T> s_inner = new();

    // By type, as the names of the fields are nobody's contract.
    private static readonly FieldInfo[] s_fields = FrameAccess.FieldsOf(typeof(ConfiguredCancelableAsyncEnumerable<T>.Enumerator));
    private static readonly FieldInfo? s_loop = Array.Find(s_fields, static field => field.FieldType == typeof(IAsyncEnumerator<T>));
    private static readonly FieldInfo? s_isContinued = Array.Find(s_fields, static field => field.FieldType == typeof(bool));

    protected override void Write(ref WireWriter writer, scoped ref readonly ConfiguredCancelableAsyncEnumerable<T>.Enumerator value, StackWriter stack)
    {
        if (s_loop is null || s_isContinued is null)
        {
            throw stack.Cannot("it reads a stream by ConfigureAwait or WithCancellation, of which this version of .NET does not tell enough");
        }

        object boxed = value;
        var loop = (IAsyncEnumerator<T>?)s_loop.GetValue(boxed);
        writer.WriteUnmanaged((bool)s_isContinued.GetValue(boxed)!);
        writer.WriteValue(s_inner, in loop);
    }

    protected override ConfiguredCancelableAsyncEnumerable<T>.Enumerator Read(ref WireReader reader, StackReader stack)
    {
        bool isContinued = reader.ReadUnmanaged<bool>();
        IAsyncEnumerator<T>? loop = null;
        reader.ReadValue(s_inner, ref loop);
        return loop is null ? default : new Begun(loop).ConfigureAwait(isContinued).GetAsyncEnumerator();
    }

    private sealed class Begun(IAsyncEnumerator<T> loop) : IAsyncEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => loop;
    }
}

/// <summary>A stream that was asked for: its call is sent with the first item that is asked for. One that was read already, as builds for debugging keep it, stays so.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class StreamFormatter<T> : VariableFormatter<IAsyncEnumerable<T>>
{
    protected override void Write(ref WireWriter writer, scoped ref readonly IAsyncEnumerable<T>? value, StackWriter stack)
    {
        writer.WriteUnmanaged(value is not null);
        if (value is null)
        {
            return;
        }

        WireStream<T> stream = value as WireStream<T> ?? throw stack.Cannot($"it holds a {value.GetType()}: of sequences that are read by await, only streams of wires go along");
        bool isEnumerated = stream.IsEnumerated;
        StackImage.WriteCall(ref writer, stream.Call.Handle!, stream.Call.Method);
        writer.WriteUnmanaged(isEnumerated, (short)(isEnumerated ? -1 : stack.IndexOf(stream.Cancellation)));
        if (!isEnumerated)
        {
            stream.Call.EncodeArguments(ref writer);
        }
    }

    protected override IAsyncEnumerable<T>? Read(ref WireReader reader, StackReader stack)
    {
        if (!reader.ReadUnmanaged<bool>())
        {
            return null;
        }

        StreamCall<T> call = stack.ReadStream(ref reader) as StreamCall<T> ?? throw new WireSerializationException("A stream has items of another type: it is of another build.");
        reader.ReadUnmanaged(out bool isEnumerated, out short token);
        var stream = new WireStream<T>(call, stack.TokenAt(token));
        if (isEnumerated)
        {
            stream.MarkEnumerated();
        }
        else
        {
            call.DecodeArguments(ref reader);
        }

        return stream;
    }
}
