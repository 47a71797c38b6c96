using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>The consumer's end of a stream whose producer is another object: on another node, or one that has come to this one.</summary>
internal interface IRemoteStream
{
    /// <summary>The call that opened it.</summary>
    WireCall Call { get; }

    /// <summary>The type of the items.</summary>
    Type ItemType { get; }

    /// <summary>Notes where the items will come from.</summary>
    /// <returns>How many may come at first, and whether anybody still wants them.</returns>
    (int Credit, bool IsOpen) Opens(Peer peer, long number);

    /// <summary>The call that opens it was sent.</summary>
    void Opened();

    /// <summary>An item has come.</summary>
    void Receive(ref WireReader reader);

    /// <summary>No more items come.</summary>
    void End(Exception? failure);

    /// <summary>The items come from another node from now on: tells the consumer, if that is somewhere else itself.</summary>
    /// <returns>False if it is here.</returns>
    bool TryPassOn(long incarnation, long offer);

    /// <summary>The items come from another node from now on: asks for them there.</summary>
    /// <param name="peer">The node.</param>
    /// <param name="number">What this node will know the stream by on that connection.</param>
    /// <param name="offer">What that node knows it by.</param>
    SendResult Adopt(Peer peer, long number, long offer);

    /// <summary>The items come from an object of this node from now on.</summary>
    void Adopt(IStreamProducer producer);
}
