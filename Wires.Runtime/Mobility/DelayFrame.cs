using Wires.Infrastructure;

namespace Wires.Mobility;

/// <summary>What <see cref="Wire.Delay"/> waits by: a frame without code. It keeps its timer when it goes back to the pool.</summary>
internal sealed class DelayFrame : WireFrame<Unit>
{
    private const int MaxPooled = 64;

    [ThreadStatic]
    private static DelayFrame? t_free;

    [ThreadStatic]
    private static int t_count;

    private ITimer? _timer;
    private TimeProvider? _timeProvider;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellation;
    private long _started;
    private TimeSpan _delay;
    private int _isDecided;
    private bool _isCanceled;
    private bool _mayFireYet;

    public static DelayFrame Start(TimeSpan delay, CancellationToken cancellation)
    {
        DelayFrame? frame = t_free;
        if (frame is null)
        {
            frame = new DelayFrame();
        }
        else
        {
            t_free = (DelayFrame?)frame.Next;
            t_count--;
            frame.Next = null;
        }

        frame.Begin(delay, cancellation);
        return frame;
    }

    /// <summary>What may end it early.</summary>
    public CancellationToken Cancellation => _cancellation;

    /// <summary>Until it completes; <see cref="Timeout.InfiniteTimeSpan"/> for never.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (_delay == Timeout.InfiniteTimeSpan)
            {
                return _delay;
            }

            TimeSpan left = _delay - _timeProvider!.GetElapsedTime(_started);
            return left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    /// <summary>Starts what is left of a delay that has begun on another node.</summary>
    public void Arm(TimeSpan remaining, CancellationToken cancellation) => Start(remaining, Owner!.Node.TimeProvider, cancellation);

    /// <inheritdoc/>
    internal override void Abandon()
    {
        // It may be firing just now: then its turn does not come any more.
        if (Interlocked.Exchange(ref _isDecided, 1) == 0)
        {
            _timer?.Dispose();
            _registration.Unregister();
        }
    }

    internal override void MoveNext()
    {
        _mayFireYet |= _cancellation.CanBeCanceled && !_registration.Unregister();
        if (_isCanceled)
        {
            SetException(new OperationCanceledException(_cancellation));
        }
        else
        {
            SetResult(default);
        }
    }

    private protected override void Return()
    {
        if (_isCanceled || _mayFireYet || t_count >= MaxPooled)
        {
            // A timer that was cancelled, or a cancellation that came too late, may still be about to decide: not the next delay.
            _timer?.Dispose();
            return;
        }

        _cancellation = default;
        Next = t_free;
        t_free = this;
        t_count++;
    }

    private void Begin(TimeSpan delay, CancellationToken cancellation)
    {
        Bind();
        Start(delay, Owner?.Node.TimeProvider ?? TimeProvider.System, cancellation);
    }

    private void Start(TimeSpan delay, TimeProvider timeProvider, CancellationToken cancellation)
    {
        _isDecided = 0;
        if (!ReferenceEquals(_timeProvider, timeProvider))
        {
            _timer?.Dispose();
            _timeProvider = timeProvider;
            _timer = timeProvider.CreateTimer(static frame => ((DelayFrame)frame!).Decide(canceled: false), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (cancellation.CanBeCanceled)
        {
            _cancellation = cancellation;
            _registration = cancellation.UnsafeRegister(static frame => ((DelayFrame)frame!).Decide(canceled: true), this);
        }

        _delay = delay;
        _started = timeProvider.GetTimestamp();
        _timer!.Change(delay, Timeout.InfiniteTimeSpan);
    }

    private void Decide(bool canceled)
    {
        if (Interlocked.Exchange(ref _isDecided, 1) == 0)
        {
            _isCanceled = canceled;
            Resume();
        }
    }
}
