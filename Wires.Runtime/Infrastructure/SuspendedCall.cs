using System.Threading.Tasks.Sources;

namespace Wires.Infrastructure;

/// <summary>What the caller of an inlined method awaits when the method was suspended.</summary>
internal sealed class SuspendedCall<TResult> : Call<TResult>, IValueTaskSource
{
    private static readonly WireMethod s_pool = new("(suspended)", 0, WireMethodFlags.None, static () => throw new NotSupportedException());

    private SuspendedCall()
        : base(s_pool)
    {
    }

    internal override WireMethod CalledMethod => Inlined!.Method;

    /// <summary>Makes the promise for the call that runs in the current inlined turn of <paramref name="target"/>.</summary>
    public static SuspendedCall<TResult> Create(Activation target, Activation? caller, out short token)
    {
        SuspendedCall<TResult> promise = (SuspendedCall<TResult>?)s_pool.Rent() ?? new SuspendedCall<TResult>();
        promise.Inlined = (InlinedCall)target.GetCurrentCall_OnTurn()!;
        promise.CopiesResult = (promise.Inlined.Method.Flags & WireMethodFlags.CopiesResult) != 0;
        promise.Handle = promise.Inlined.Handle ?? target.Handle;
        promise.Target = target;
        token = promise.PrepareInlined(target.Node, caller);
        promise.Deadline = promise.Inlined.Deadline;
        return promise;
    }

    protected override void Invoke(object wire) => throw new NotSupportedException("It has run already, on its caller's stack.");

    private protected override TResult TakeForeignResult(Task task)
    {
        if (task is Task<TResult> typed)
        {
            return typed.GetAwaiter().GetResult();
        }

        // Of a method without a result: TResult is Unit.
        task.GetAwaiter().GetResult();
        return default!;
    }

    protected override void Clear()
    {
        // In the caller's turn, where the counts of its calls are kept.
        Inlined!.Recycle();
        Inlined = null;
    }

    void IValueTaskSource.GetResult(short token) => TakeResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => StatusOf(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        Await(continuation, state, token, flags);
}
