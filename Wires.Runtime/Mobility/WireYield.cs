using System.ComponentModel;
using System.Runtime.CompilerServices;
using Wires.Mobility;

namespace Wires;

/// <summary>What <see cref="Wire.Yield"/> returns: to be awaited at once.</summary>
public readonly struct WireYield
{
    /// <summary>For <c>await</c>.</summary>
    public Awaiter GetAwaiter() => default;

    /// <summary>For <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ICriticalNotifyCompletion, IWireAwaiter
    {
        /// <summary>Never: others always get their turn.</summary>
        public bool IsCompleted => false;

        /// <summary>Nothing to tell.</summary>
        public void GetResult()
        {
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation)
        {
            if (WireThread.TryCurrent?.Activation is { } wire)
            {
                wire.BeginYield_OnTurn();
                wire.Post(new YieldedContinuation(continuation, wire.GetCurrentCall_OnTurn()), bounded: false);
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(static run => run(), continuation, preferLocal: false);
            }
        }

        void IWireAwaiter.AwaitBy(WireFrame frame)
        {
            if (frame.Owner is { } wire)
            {
                wire.BeginYield_OnTurn();
                frame.IsYielding = true;
                frame.Resume();
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(static f => f.Resume(), frame, preferLocal: false);
            }
        }
    }
}
