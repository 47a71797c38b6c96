using System.Diagnostics.CodeAnalysis;
using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>A method of this wire that was begun and not awaited yet, or its result.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class WireTaskFormatter<T> : VariableFormatter<WireTask<T>>
{
    private readonly WireFormatter<T>? _result = typeof(T) == typeof(Unit) ? null : StackFormatters.Find<T>();

    protected override void Write(ref WireWriter writer, scoped ref readonly WireTask<T> value, StackWriter stack)
    {
        if (value.Frame is { } frame && (frame.Token != value.Token || !frame.IsCompleted))
        {
            // Awaited already, its frame may serve another method by now.
            writer.WriteVarInt(frame.Token == value.Token ? stack.IndexOf(frame) + 1 : SpentTask.Place);
            return;
        }

        T? result = value.Result;
        if (value.Frame is { } completed && !completed.TryPeek(value.Token, out result))
        {
            Exception failure = completed.Failure!;
            writer.WriteVarInt(SpentTask.FailedPlace);
            writer.WriteValue(ExceptionFormatter.Instance, in failure!);
            return;
        }

        writer.WriteVarInt(0);
        if (typeof(T) != typeof(Unit))
        {
            writer.WriteValue(_result ?? throw stack.Cannot($"it holds a task with a {typeof(T)}"), in result);
        }
    }

    protected override WireTask<T> Read(ref WireReader reader, StackReader stack)
    {
        int place = reader.ReadVarIntInt32();
        if (place > 0)
        {
            return stack.FrameAt(place - 1) is WireFrame<T> frame ? new WireTask<T>(frame) : throw new WireSerializationException("A task has another type of result: it is of another build.");
        }

        if (place == SpentTask.Place)
        {
            return SpentTask.OfMethod<T>();
        }

        if (place == SpentTask.FailedPlace)
        {
            Exception? failure = null;
            reader.ReadValue(ExceptionFormatter.Instance, ref failure);
            return WireTask<T>.FromException(failure ?? throw new WireSerializationException("A failure is missing."));
        }

        T? result = default;
        if (typeof(T) != typeof(Unit))
        {
            reader.ReadValue(_result ?? throw new WireSerializationException($"A {typeof(T)} cannot come."), ref result);
        }

        return new WireTask<T>(result!);
    }
}

/// <inheritdoc cref="WireTaskFormatter{T}"/>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class WireTaskFormatter : VariableFormatter<WireTask>
{
    private static readonly WireTaskFormatter<Unit> s_inner = new();

    protected override void Write(ref WireWriter writer, scoped ref readonly WireTask value, StackWriter stack)
    {
        WireTask<Unit> inner = value.Inner;
        writer.WriteValue(s_inner, in inner);
    }

    protected override WireTask Read(ref WireReader reader, StackReader stack)
    {
        WireTask<Unit> inner = default;
        reader.ReadValue(s_inner, ref inner);
        return new WireTask(inner);
    }
}

/// <summary>What a method awaits another one by.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class WireAwaiterFormatter<T> : VariableFormatter<WireTask<T>.Awaiter>
{
    protected override void Write(ref WireWriter writer, scoped ref readonly WireTask<T>.Awaiter value, StackWriter stack) =>
        writer.WriteVarInt(value.Frame is { } frame ? stack.IndexOf(frame) + 1 : 0);

    protected override WireTask<T>.Awaiter Read(ref WireReader reader, StackReader stack)
    {
        int place = reader.ReadVarIntInt32();
        return place == 0 ? default
            : stack.FrameAt(place - 1) is WireFrame<T> frame ? new WireTask<T>(frame).GetAwaiter()
            : throw new WireSerializationException("A task has another type of result: it is of another build.");
    }
}

/// <inheritdoc cref="WireAwaiterFormatter{T}"/>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class WireAwaiterFormatter : VariableFormatter<WireTask.Awaiter>
{
    private static readonly WireAwaiterFormatter<Unit> s_inner = new();

    protected override void Write(ref WireWriter writer, scoped ref readonly WireTask.Awaiter value, StackWriter stack)
    {
        WireTask<Unit>.Awaiter inner = value.Inner;
        writer.WriteValue(s_inner, in inner);
    }

    protected override WireTask.Awaiter Read(ref WireReader reader, StackReader stack)
    {
        WireTask<Unit>.Awaiter inner = default;
        reader.ReadValue(s_inner, ref inner);
        return new WireTask.Awaiter(inner);
    }
}
