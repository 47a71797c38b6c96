using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Wires.Infrastructure;
using Wires.Remoting;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>What a method awaits a task by that is nothing of ours: the task stays where it is, and its outcome is sent after the wire.</summary>
/// <typeparam name="TAwaiter">The awaiter.</typeparam>
/// <typeparam name="T">What the task gives; <see cref="Unit"/> for nothing.</typeparam>
/// <param name="take">Takes the outcome out of an awaiter that has completed.</param>
/// <param name="of">The awaiter of a task.</param>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class ForeignAwaiter<TAwaiter, T>(Func<TAwaiter, T> take, Func<Task<T>, TAwaiter> of) : VariableFormatter<TAwaiter>
    where TAwaiter : struct, ICriticalNotifyCompletion
{
    private readonly WireFormatter<T>? _result = typeof(T) == typeof(Unit) || !StackFormatters.TryEnsure(typeof(T)) ? null : WireFormatters.Find<T>();

    protected override void Write(ref WireWriter writer, scoped ref readonly TAwaiter value, StackWriter stack)
    {
        bool isAwaited = !StackFormatters.IsDefault(value);
        writer.WriteUnmanaged(isAwaited);
        if (isAwaited)
        {
            WriteAwaited(ref writer, value, stack);
        }
    }

    protected override TAwaiter Read(ref WireReader reader, StackReader stack) => reader.ReadUnmanaged<bool>() ? ReadAwaited(ref reader, stack) : default;

    /// <summary>Writes one that the current frame awaits.</summary>
    public void WriteAwaited(ref WireWriter writer, TAwaiter awaiter, StackWriter stack)
    {
        if (!stack.AwaitsForeign)
        {
            throw stack.Cannot("it holds a task that is no call of this wire");
        }

        if (_result is null && typeof(T) != typeof(Unit))
        {
            throw stack.Cannot($"it awaits a task that gives a {typeof(T)}, which cannot be sent after it");
        }

        if (!ForeignTasks.MayStayBehind(awaiter))
        {
            throw stack.Cannot("it awaits a task that may be the wire's own: only Task.Delay and methods of assemblies without wires can be left behind");
        }

        writer.WriteUnmanaged(stack.AddForeign(outcome => Tell(outcome, awaiter)));
    }

    public TAwaiter ReadAwaited(ref WireReader reader, StackReader stack)
    {
        long adoption = reader.ReadUnmanaged<long>();
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        TAwaiter awaiter = of(source.Task);
        WireFrame frame = stack.Current!;
        Activation wire = stack.Activation;
        stack.AddForeign(from =>
        {
            awaiter.UnsafeOnCompleted(frame.ResumeAction);
            ForeignOutcome<T>.Ask(wire, from, adoption, source);
        });
        return awaiter;
    }

    private void Tell(Adoption outcome, TAwaiter awaiter)
    {
        var buffer = new WireBuffer();
        try
        {
            T? result = take(awaiter);
            if (_result is not null)
            {
                var writer = new WireWriter(buffer);
                writer.WriteValue(_result, in result);
                writer.Flush();
            }
        }
        catch (Exception e)
        {
            outcome.SendOutcome(null, e);
            return;
        }

        outcome.SendOutcome(buffer, null);
    }
}
