using System.ComponentModel;
using System.Threading.Tasks.Sources;

namespace Wires.Infrastructure;

/// <summary>A call that is answered without a result.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class VoidCall : Call<Unit>, IValueTaskSource
{
    /// <summary>Makes an empty message of a method.</summary>
    protected VoidCall(WireMethod method)
        : base(method)
    {
    }

    /// <inheritdoc cref="Call{TResult}.Send"/>
    public new ValueTask Send(WireHandle? target, CancellationToken cancellation = default) => new(this, SendCore(target, cancellation));

    /// <summary>Answers.</summary>
    protected void Return() => Return(default);

    /// <summary>Answers when the method's task is done.</summary>
    protected void ReturnWhenDone(WireTask task) => ReturnWhenDone(task.Inner);

    /// <inheritdoc cref="ReturnWhenDone(WireTask)"/>
    protected void ReturnWhenDone(ValueTask task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            Return(default);
        }
        else
        {
            ReturnWhenDone(task.AsTask());
        }
    }

    /// <inheritdoc cref="ReturnWhenDone(WireTask)"/>
#pragma warning disable CA1061 // No method returns Task<Unit>: that overload is out of reach.
    protected void ReturnWhenDone(Task task)
#pragma warning restore CA1061
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            Return(default);
        }
        else
        {
            SuspendUntil(task);
        }
    }

    private protected override Unit TakeForeignResult(Task task)
    {
        task.GetAwaiter().GetResult();
        return default;
    }

    internal override void DecodeResult(ref Serialization.WireReader reader)
    {
    }

    internal override void EncodeResult(ref Serialization.WireWriter writer)
    {
    }

    void IValueTaskSource.GetResult(short token) => TakeResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => StatusOf(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        Await(continuation, state, token, flags);
}
