using Wires.Mobility;
using Wires.Remoting;

namespace Wires.Infrastructure;

/// <summary>A loop over a stream of a wire, as the runtime sees it where the wire that has the loop moves.</summary>
internal interface IStreamReader
{
    /// <summary>The type of the items.</summary>
    Type ItemType { get; }

    /// <summary>Of the present wait.</summary>
    short Token { get; }

    /// <summary>A frame that was rebuilt waits for the next item.</summary>
    void AwaitBy(WireFrame frame);

    /// <summary>The loop goes on elsewhere, with the first of the items that are here.</summary>
    void Leave(int items);

    /// <summary>What else comes goes after it.</summary>
    /// <param name="cluster">The node that it leaves.</param>
    /// <param name="offer">What its new node asks for the rest by.</param>
    void HandOver(ClusterNode cluster, long offer);

    /// <summary>The loop goes on here.</summary>
    /// <param name="cluster">This node.</param>
    /// <param name="from">The node that it comes from.</param>
    /// <param name="offer">What the rest is asked for by; 0 for nothing.</param>
    void Begin_OnTurn(ClusterNode cluster, long from, long offer);
}
