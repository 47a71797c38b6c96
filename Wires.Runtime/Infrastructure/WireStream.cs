namespace Wires.Infrastructure;

/// <summary>The caller's end of a stream.</summary>
internal sealed class WireStream<T>(StreamCall<T> call, CancellationToken cancellation) : IAsyncEnumerable<T>
{
    private int _isEnumerated;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isEnumerated, 1) != 0)
        {
            throw new InvalidOperationException($"The stream of {call.Method.Signature} of wire {call.Handle!.Id} was enumerated before. Call the method again for another one.");
        }

        return new Enumerator(call, CancellationTokenSource.CreateLinkedTokenSource(cancellation, cancellationToken));
    }

    private sealed class Enumerator(StreamCall<T> call, CancellationTokenSource end) : IAsyncEnumerator<T>
    {
        private readonly int _credit = call.Handle!.Node.Options.StreamCredit;
        private int _taken;
        private bool _isStarted;

        public T Current { get; private set; } = default!;

        public async ValueTask<bool> MoveNextAsync()
        {
            end.Token.ThrowIfCancellationRequested();
            if (!_isStarted)
            {
                _isStarted = true;
                call.Start(_credit, end.Token);
            }

            T? item;
            while (!call.Items.TryRead(out item))
            {
                // In the turns of the consumer, where it is a wire.
#pragma warning disable CA2007, MA0004
                if (!await call.Items.WaitToReadAsync(end.Token))
#pragma warning restore CA2007, MA0004
                {
                    return false;
                }
            }

            Current = item;
            if (++_taken >= (_credit + 1) / 2)
            {
                int granted = _taken;
                _taken = 0;
                call.Grant(granted);
            }

            return true;
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync().ConfigureAwait(false);
            if (_isStarted)
            {
                call.Close();
            }

            end.Dispose();
        }
    }
}
