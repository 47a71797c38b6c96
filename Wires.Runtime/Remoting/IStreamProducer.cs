using Wires.Infrastructure;
using Wires.Mailboxes;
using Wires.Serialization;

namespace Wires.Remoting;

/// <summary>The producer's end of a stream.</summary>
internal interface IStreamProducer
{
    /// <summary>The method.</summary>
    WireMethod Method { get; }

    /// <summary>Its method stands at a <c>yield</c>, or has not run yet: not at an <c>await</c>.</summary>
    bool StandsAtYield { get; }

    /// <summary>It goes on elsewhere: this object produces nothing any more.</summary>
    bool HasMoved { get; }

    /// <summary>Its consumer asks for what follows from somewhere else, or will.</summary>
    bool HasLeft { get; }

    /// <summary>The object that the compiler has made of the method.</summary>
    object Iterator { get; }

    /// <summary>What the method was given to end early by.</summary>
    CancellationToken Token { get; }

    /// <summary>The stream was opened from elsewhere.</summary>
    void Originates(int credit);

    /// <summary>Lets the producer run further ahead.</summary>
    void Grant(int credit);

    /// <summary>Nobody takes items any more.</summary>
    void Close();

    /// <summary>Goes on if it has stood still for a move that came to nothing.</summary>
    void GoOn_OnTurn();

    /// <summary>Is about to go on elsewhere.</summary>
    void Leave();

    /// <summary>Tells the consumer where it goes on.</summary>
    /// <param name="cluster">The node that it leaves.</param>
    /// <param name="target">The node that it goes on at.</param>
    /// <param name="offer">What that node knows it by.</param>
    void HandOver(ClusterNode cluster, long target, long offer);

    /// <summary>Takes the place of the object on the node that it comes from.</summary>
    /// <param name="wire">The wire, here.</param>
    /// <param name="iterator">The method, as it stood.</param>
    /// <param name="offer">What its consumer asks for it by.</param>
    /// <param name="end">Ends it early.</param>
    void Rebuild(Activation wire, object iterator, long offer, CancellationTokenSource? end);

    /// <summary>The consumer has left the node that it was on: another one will ask for what follows.</summary>
    /// <param name="consumer">The node that it was on.</param>
    /// <param name="number">What that node knows the stream by.</param>
    /// <param name="offer">What it will be asked for by.</param>
    void Release(Inbound consumer, long number, long offer);

    /// <summary>The consumer is on another node.</summary>
    void AdoptBy(Inbound consumer, long number, int credit);

    /// <summary>The consumer is another object of this node.</summary>
    void AdoptBy(IRemoteStream consumer, int credit);
}
