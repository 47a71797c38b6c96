using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Wires.Benchmarks.Limits;

/// <summary>A queued ask from mailbox to mailbox with one request object used over and over: it is the message, the promise and the answer.</summary>
internal static class QueuedLimit
{
    public static async ValueTask<Sample> RunAsync(int operations)
    {
        var done = new TaskCompletionSource();
        var caller = new MiniMailbox();
        var request = new Request(caller, new MiniMailbox());
        return await Measure.RunAsync(operations, async () =>
        {
            caller.Post(new Start(request, operations, done));
            await done.Task;
        });
    }

    private sealed class Start(Request request, int count, TaskCompletionSource done) : MiniMessage
    {
        public override void Run(MiniMailbox mailbox) => _ = LoopAsync();

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        private async ValueTask LoopAsync()
        {
            for (int i = 0; i < count; i++)
            {
                await request.SendAsync(i);
            }

            done.SetResult();
        }
    }

    private sealed class Request(MiniMailbox caller, MiniMailbox target) : MiniMessage, IValueTaskSource<int>
    {
        private Action<object?>? _continuation;
        private object? _state;
        private bool _isAnswer;
        private int _value;
        private short _token;

        public ValueTask<int> SendAsync(int value)
        {
            _value = value;
            _isAnswer = false;
            target.Post(this);
            return new ValueTask<int>(this, _token);
        }

        public override void Run(MiniMailbox mailbox)
        {
            if (!_isAnswer)
            {
                _value++;
                _isAnswer = true;
                caller.Post(this);
                return;
            }

            Action<object?> continuation = _continuation!;
            _continuation = null;
            continuation(_state);
        }

        public int GetResult(short token)
        {
            _token++;
            return _value;
        }

        public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Pending;

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            _state = state;
            _continuation = continuation;
        }
    }
}
