using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>Formatters of tasks and of what the compiler awaits them by: written as the call or the frame that they stand for. Nothing private of the base library is read: the value is compared with what the call would give.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal static class AwaiterFormatters
{
    public static object? Make(Type type)
    {
        if (type == typeof(ValueTask))
        {
            return new CallTaskFormatter<ValueTask>(static call => call is IValueTaskSource source ? new ValueTask(source, call.Token) : default, SpentTask.Is, SpentTask.Of);
        }

        if (type == typeof(ValueTaskAwaiter))
        {
            return new CallTaskFormatter<ValueTaskAwaiter>(static call => call is IValueTaskSource source ? new ValueTask(source, call.Token).GetAwaiter() : default);
        }

        if (type == typeof(ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter))
        {
            return new CallTaskFormatter<ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter>(static call => call is IValueTaskSource source ? new ValueTask(source, call.Token).ConfigureAwait(false).GetAwaiter() : default);
        }

        if (type == typeof(WireTask))
        {
            return new WireTaskFormatter();
        }

        if (type == typeof(WireTask.Awaiter))
        {
            return new WireAwaiterFormatter();
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        Type definition = type.GetGenericTypeDefinition();
        Type result = type.GetGenericArguments()[0];
        return definition == typeof(ValueTask<>) ? StackFormatters.New(typeof(ResultTaskFormatter<>), result)
            : definition == typeof(ValueTaskAwaiter<>) ? Invoke(nameof(OfAwaiter), result)
            : definition == typeof(ConfiguredValueTaskAwaitable<>.ConfiguredValueTaskAwaiter) ? Invoke(nameof(OfConfigured), result)
            : definition == typeof(WireTask<>) ? StackFormatters.New(typeof(WireTaskFormatter<>), result)
            : definition == typeof(WireTask<>.Awaiter) ? StackFormatters.New(typeof(WireAwaiterFormatter<>), result)
            : null;
    }

    private static object Invoke(string name, Type result) =>
        typeof(AwaiterFormatters).GetMethod(name, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.MakeGenericMethod(result).Invoke(null, null)!;

    private static CallTaskFormatter<ValueTaskAwaiter<T>> OfAwaiter<T>() =>
        new(static call => call is IValueTaskSource<T> source ? new ValueTask<T>(source, call.Token).GetAwaiter() : default);

    private static CallTaskFormatter<ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter> OfConfigured<T>() =>
        new(static call => call is IValueTaskSource<T> source ? new ValueTask<T>(source, call.Token).ConfigureAwait(false).GetAwaiter() : default);
}

/// <summary>What stands for a call that the wire has made.</summary>
/// <param name="of">What it is for a call.</param>
/// <param name="isSpent">Whether it was awaited already; null where the compiler keeps none that was.</param>
/// <param name="spent">One that was.</param>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class CallTaskFormatter<T>(Func<Ask, T> of, Func<T, bool>? isSpent = null, Func<T>? spent = null) : VariableFormatter<T>
    where T : struct
{
    protected override void Write(ref WireWriter writer, scoped ref readonly T value, StackWriter stack)
    {
        if (StackFormatters.IsDefault(value))
        {
            writer.WriteVarInt(0);
            return;
        }

        T task = value;
        int index = stack.FindMade(call => !StackFormatters.IsDefault(of(call)) && of(call).Equals(task));
        if (index >= 0)
        {
            writer.WriteVarInt(index + 1);
        }
        else if (isSpent is not null && isSpent(task))
        {
            writer.WriteVarInt(SpentTask.Place);
        }
        else
        {
            throw stack.Cannot("it holds a task that is no call of this wire");
        }
    }

    protected override T Read(ref WireReader reader, StackReader stack)
    {
        int place = reader.ReadVarIntInt32();
        return place == 0 ? default : place == SpentTask.Place && spent is not null ? spent() : of(stack.MadeAt(place - 1));
    }
}

/// <summary>A call with a result that was begun and not awaited yet, or a result that is there.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class ResultTaskFormatter<T> : VariableFormatter<ValueTask<T>>
{
    private readonly WireFormatter<T>? _result = StackFormatters.Find<T>();

    protected override void Write(ref WireWriter writer, scoped ref readonly ValueTask<T> value, StackWriter stack)
    {
        ValueTask<T> task = value;
        int index = stack.FindMade(call => call is IValueTaskSource<T> source && task.Equals(new ValueTask<T>(source, call.Token)));
        if (index >= 0)
        {
            writer.WriteVarInt(index + 1);
            return;
        }

        if (SpentTask.Is(task))
        {
            writer.WriteVarInt(SpentTask.Place);
            return;
        }

        // Equality tells a result from a task that holds it, so that no result is taken out of anything but a value.
        if (!task.IsCompletedSuccessfully || task.AsTask() is not { } result || !task.Equals(new ValueTask<T>(result.Result)) || _result is null)
        {
            throw stack.Cannot("it holds a task that is no call of this wire");
        }

        writer.WriteVarInt(0);
        T? there = result.Result;
        writer.WriteValue(_result, in there);
    }

    protected override ValueTask<T> Read(ref WireReader reader, StackReader stack)
    {
        int place = reader.ReadVarIntInt32();
        if (place == SpentTask.Place)
        {
            return SpentTask.Of<T>();
        }

        if (place > 0)
        {
            Ask call = stack.MadeAt(place - 1);
            return call is IValueTaskSource<T> source ? new ValueTask<T>(source, call.Token) : throw new WireSerializationException("A task has another type of result: it is of another build.");
        }

        T? result = default;
        reader.ReadValue(_result ?? throw new WireSerializationException($"A {typeof(T)} cannot come."), ref result);
        return new ValueTask<T>(result!);
    }
}

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
