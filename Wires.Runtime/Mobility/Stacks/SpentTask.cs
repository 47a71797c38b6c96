using System.Threading.Tasks.Sources;
using Wires.Infrastructure;

namespace Wires.Mobility.Stacks;

/// <summary>Tasks that were awaited already, and that a variable still holds: where the wire arrives, awaiting them fails as it would have.</summary>
internal static class SpentTask
{
    /// <summary>Stands for one in an image.</summary>
    public const int Place = -1;

    /// <summary>Stands in an image for one that has failed and was not awaited yet.</summary>
    public const int FailedPlace = -2;

    public static bool Is(ValueTask task)
    {
        try
        {
            _ = task.IsCompleted;
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    public static bool Is<T>(ValueTask<T> task)
    {
        try
        {
            _ = task.IsCompleted;
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    public static ValueTask Of() => new(Source<Unit>.Instance, 0);

    public static ValueTask<T> Of<T>() => new(Source<T>.Instance, 0);

    public static WireTask<T> OfMethod<T>()
    {
        FaultedFrame<T> frame = FaultedFrame<T>.Create();
        var task = new WireTask<T>(frame);
        frame.Token++;
        return task;
    }

    private sealed class Source<T> : IValueTaskSource<T>, IValueTaskSource
    {
        public static readonly Source<T> Instance = new();

        public ValueTaskSourceStatus GetStatus(short token) => throw Spent();

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => throw Spent();

        public T GetResult(short token) => throw Spent();

        void IValueTaskSource.GetResult(short token) => throw Spent();

        private static InvalidOperationException Spent() => new("This ValueTask was awaited before. Await the result of a call once, or turn it into a Task by AsTask().");
    }
}
