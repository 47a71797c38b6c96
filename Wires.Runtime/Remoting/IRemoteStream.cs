using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Remoting;

/// <summary>The consumer's end of a stream whose producer is on another node.</summary>
internal interface IRemoteStream
{
    /// <summary>The call that opened it.</summary>
    WireCall Call { get; }

    /// <summary>Notes where the items will come from.</summary>
    /// <returns>How many may come at first, and whether anybody still wants them.</returns>
    (int Credit, bool IsOpen) Opens(Peer peer, long number);

    /// <summary>An item has come.</summary>
    void Receive(ref WireReader reader);

    /// <summary>No more items come.</summary>
    void End(Exception? failure);
}
