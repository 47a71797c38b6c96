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
            return new CallAwaiterFormatter<ValueTaskAwaiter, Unit>(
                static (call, token) => call is IValueTaskSource source ? new ValueTask(source, token).GetAwaiter() : default,
                Take<ValueTaskAwaiter>(static awaiter => awaiter.GetResult()),
                static task => new ValueTask(task).GetAwaiter());
        }

        if (type == typeof(ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter))
        {
            return new CallAwaiterFormatter<ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter, Unit>(
                static (call, token) => call is IValueTaskSource source ? new ValueTask(source, token).ConfigureAwait(false).GetAwaiter() : default,
                Take<ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter>(static awaiter => awaiter.GetResult()),
                static task => new ValueTask(task).ConfigureAwait(false).GetAwaiter());
        }

        if (type == typeof(TaskAwaiter))
        {
            return new ForeignAwaiter<TaskAwaiter, Unit>(Take<TaskAwaiter>(static awaiter => awaiter.GetResult()), static task => ((Task)task).GetAwaiter());
        }

        if (type == typeof(ConfiguredTaskAwaitable.ConfiguredTaskAwaiter))
        {
            return new ForeignAwaiter<ConfiguredTaskAwaitable.ConfiguredTaskAwaiter, Unit>(
                Take<ConfiguredTaskAwaitable.ConfiguredTaskAwaiter>(static awaiter => awaiter.GetResult()),
                static task => ((Task)task).ConfigureAwait(false).GetAwaiter());
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
            : definition == typeof(TaskAwaiter<>) ? Invoke(nameof(OfTask), result)
            : definition == typeof(ConfiguredTaskAwaitable<>.ConfiguredTaskAwaiter) ? Invoke(nameof(OfConfiguredTask), result)
            : definition == typeof(WireTask<>) ? StackFormatters.New(typeof(WireTaskFormatter<>), result)
            : definition == typeof(WireTask<>.Awaiter) ? StackFormatters.New(typeof(WireAwaiterFormatter<>), result)
            : null;
    }

    private static object Invoke(string name, Type result) =>
        typeof(AwaiterFormatters).GetMethod(name, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.MakeGenericMethod(result).Invoke(null, null)!;

    private static CallAwaiterFormatter<ValueTaskAwaiter<T>, T> OfAwaiter<T>() => new(
        static (call, token) => call is IValueTaskSource<T> source ? new ValueTask<T>(source, token).GetAwaiter() : default,
        static awaiter => awaiter.GetResult(),
        static task => new ValueTask<T>(task).GetAwaiter());

    private static CallAwaiterFormatter<ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter, T> OfConfigured<T>() => new(
        static (call, token) => call is IValueTaskSource<T> source ? new ValueTask<T>(source, token).ConfigureAwait(false).GetAwaiter() : default,
        static awaiter => awaiter.GetResult(),
        static task => new ValueTask<T>(task).ConfigureAwait(false).GetAwaiter());

    private static ForeignAwaiter<TaskAwaiter<T>, T> OfTask<T>() => new(static awaiter => awaiter.GetResult(), static task => task.GetAwaiter());

    private static ForeignAwaiter<ConfiguredTaskAwaitable<T>.ConfiguredTaskAwaiter, T> OfConfiguredTask<T>() =>
        new(static awaiter => awaiter.GetResult(), static task => task.ConfigureAwait(false).GetAwaiter());

    private static Func<TAwaiter, Unit> Take<TAwaiter>(Action<TAwaiter> end) => awaiter =>
    {
        end(awaiter);
        return default;
    };
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

/// <summary>What a call that the wire has made is awaited by, the next item of a stream, or another task that a <see cref="ValueTask"/> stands for.</summary>
/// <param name="of">What it is for a call or a stream, and the token of its present use.</param>
/// <param name="take">Takes the outcome out of an awaiter that has completed.</param>
/// <param name="ofTask">The awaiter of a task.</param>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class CallAwaiterFormatter<TAwaiter, T>(Func<object, short, TAwaiter> of, Func<TAwaiter, T> take, Func<Task<T>, TAwaiter> ofTask) : VariableFormatter<TAwaiter>
    where TAwaiter : struct, ICriticalNotifyCompletion
{
    private const int None = 0;
    private const int Foreign = 1;
    private const int FirstCall = 2;
    private const int Item = -1;

    private readonly ForeignAwaiter<TAwaiter, T> _foreign = new(take, ofTask);

    protected override void Write(ref WireWriter writer, scoped ref readonly TAwaiter value, StackWriter stack)
    {
        if (StackFormatters.IsDefault(value))
        {
            writer.WriteVarInt(None);
            return;
        }

        TAwaiter awaiter = value;
        if (stack.Current?.Awaited is IStreamReader stream && of(stream, stream.Token).Equals(awaiter))
        {
            writer.WriteVarInt(Item);
            stack.WriteReader(ref writer, stream);
            return;
        }

        int index = stack.FindMade(call => of(call, call.Token) is var known && !StackFormatters.IsDefault(known) && known.Equals(awaiter));
        writer.WriteVarInt(index < 0 ? Foreign : FirstCall + index);
        if (index < 0)
        {
            _foreign.WriteAwaited(ref writer, awaiter, stack);
        }
    }

    protected override TAwaiter Read(ref WireReader reader, StackReader stack) => reader.ReadVarIntInt32() switch
    {
        None => default,
        Foreign => _foreign.ReadAwaited(ref reader, stack),
        Item => ReadItem(ref reader, stack),
        int place => stack.MadeAt(place - FirstCall) is var call ? of(call, call.Token) : default,
    };

    private TAwaiter ReadItem(ref WireReader reader, StackReader stack)
    {
        IStreamReader stream = stack.ReadReader(ref reader);
        stream.AwaitBy(stack.Current ?? throw new WireSerializationException("No frame awaits an item."));
        return of(stream, stream.Token);
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
