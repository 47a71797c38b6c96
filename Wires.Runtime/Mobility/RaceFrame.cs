using System.Runtime.CompilerServices;
using Wires.Infrastructure;

namespace Wires.Mobility;

/// <summary>What <see cref="Wire.WhenAny{TResult}"/> waits by: a frame without code that the first of several calls continues. It takes no outcome, so each can still be awaited.</summary>
internal sealed class RaceFrame : WireFrame<int>
{
    /// <summary>The calls that it waits for; null where a task of somebody else is at a place.</summary>
    private readonly Ask?[] _calls;

    private int _foreign = -1;
    private bool _isOver;

    /// <summary>One that was suspended on another node.</summary>
    public RaceFrame(Ask[] calls)
    {
        _calls = calls;
        foreach (Ask call in calls)
        {
            call.AwaitedBy(this);
        }

        Awaited = null;
    }

    private RaceFrame(int count) => _calls = new Ask?[count];

    public ReadOnlySpan<Ask?> Calls => _calls;

    /// <summary>Whether the wire has made all that it waits for, so that it can go along.</summary>
    public bool MayTravel => Array.TrueForAll(_calls, static call => call is not null);

    /// <summary>Starts one for calls of which none has completed.</summary>
    public static RaceFrame Start<TResult>(ReadOnlySpan<ValueTask<TResult>> calls)
    {
        var frame = new RaceFrame(calls.Length);
        frame.Bind();
        for (int i = 0; i < calls.Length; i++)
        {
            frame.Await(i, calls[i].ConfigureAwait(false).GetAwaiter());
        }

        return frame;
    }

    /// <inheritdoc cref="Start{TResult}"/>
    public static RaceFrame Start(ReadOnlySpan<ValueTask> calls)
    {
        var frame = new RaceFrame(calls.Length);
        frame.Bind();
        for (int i = 0; i < calls.Length; i++)
        {
            frame.Await(i, calls[i].ConfigureAwait(false).GetAwaiter());
        }

        return frame;
    }

    internal override void MoveNext()
    {
        if (_isOver)
        {
            return;
        }

        int first = Volatile.Read(ref _foreign);
        for (int i = 0; i < _calls.Length; i++)
        {
            if (_calls[i] is not { } call)
            {
                continue;
            }

            if (call.HasCompletedInTurn)
            {
                first = i;
            }

            // Whoever awaits it next is told, and not this one.
            call.AwaitedNoMore(this);
        }

        _isOver = true;
        SetResult(first);
    }

    private protected override void Return()
    {
        // Not pooled: a task that has lost may still be about to continue it.
    }

    private void Await<TAwaiter>(int place, TAwaiter awaiter)
        where TAwaiter : ICriticalNotifyCompletion
    {
        // A call of this wire knows by these two that a frame of ours waits, and never runs the action.
        WireThread thread = WireThread.Current;
        thread.Suspending = this;
        ResumeAction = () => ContinueBy(place);
        try
        {
            awaiter.UnsafeOnCompleted(ResumeAction);
        }
        finally
        {
            thread.Suspending = null;
        }

        _calls[place] = Awaited as Ask;
        Awaited = null;
    }

    /// <summary>A task of somebody else has completed, on any thread.</summary>
    private void ContinueBy(int place)
    {
        // Once: a message waits in one mailbox at a time.
        if (Interlocked.CompareExchange(ref _foreign, place, -1) == -1)
        {
            Resume();
        }
    }
}
