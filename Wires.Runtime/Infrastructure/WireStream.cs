namespace Wires.Infrastructure;

/// <summary>A stream that was asked for: what the caller of a method gets.</summary>
/// <param name="call">The call; its method starts with the first item that is asked for.</param>
/// <param name="cancellation">Ends the stream.</param>
internal sealed class WireStream<T>(StreamCall<T> call, CancellationToken cancellation) : IAsyncEnumerable<T>
{
    private int _isEnumerated;

    public StreamCall<T> Call => call;

    public CancellationToken Cancellation => cancellation;

    public bool IsEnumerated => Volatile.Read(ref _isEnumerated) != 0;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isEnumerated, 1) != 0)
        {
            throw new InvalidOperationException($"The stream of {call.Method.Signature} of wire {call.Handle!.Id} was enumerated before. Call the method again for another one.");
        }

        return new StreamEnumerator<T>(call, call.Handle!.Node.Options.StreamCredit, cancellation, cancellationToken);
    }

    /// <summary>It was enumerated on the node that it comes from.</summary>
    public void MarkEnumerated() => Volatile.Write(ref _isEnumerated, 1);
}
