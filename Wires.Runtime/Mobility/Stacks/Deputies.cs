using System.Collections.Concurrent;
using Wires.Infrastructure;
using Wires.Remoting;

namespace Wires.Mobility.Stacks;

/// <summary>What stays behind of a wire that has moved in the middle of its methods: it takes the answers of calls that the wire had made, and sends them after it.</summary>
internal sealed class Deputies
{
    private readonly ConcurrentDictionary<Ask, CallOrigin> _calls = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes the place of the wire for a call.</summary>
    public void Add(Ask call, CallOrigin wire) => _calls[call] = wire;

    /// <summary>Whether the outcome of a call is still waited for.</summary>
    public bool Holds(Ask call) => _calls.ContainsKey(call);

    /// <summary>The outcome is in the call.</summary>
    public void Answered(Ask call, Exception? error)
    {
        if (_calls.TryRemove(call, out CallOrigin? wire))
        {
            wire.SendAnswer(call, error);

            // Its holder is gone: not for any pool.
            call.IsDropped = true;
        }
    }
}
