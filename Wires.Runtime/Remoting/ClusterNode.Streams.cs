using System.Collections.Concurrent;
using Wires.Infrastructure;
using Wires.Transport;

namespace Wires.Remoting;

// Streams whose producer has moved.
internal sealed partial class ClusterNode
{
    private static readonly TimeSpan s_offerTime = TimeSpan.FromMilliseconds(UnknownMilliseconds);

    private readonly ConcurrentDictionary<long, StreamOffer> _offers = new();

    /// <summary>How many streams have come that nobody has asked for yet, or are asked for and have not come.</summary>
    public int Offers => _offers.Count;

    /// <summary>A stream has come with its wire.</summary>
    public void Offer(long id, IStreamProducer producer) => OfferOf(id).Offer(producer);

    /// <summary>A stream has gone on before its consumer has asked for it.</summary>
    /// <returns>False if it has, in this moment perhaps: then the stream knows it.</returns>
    public bool TryMoveOffer(long id, long incarnation, long newId) => _offers.TryGetValue(id, out StreamOffer? offer) && offer.TryMove(incarnation, newId);

    public void EndOffer(long id) => _offers.TryRemove(id, out _);

    /// <summary>A consumer of another node asks for a stream.</summary>
    public void AdoptStream(Inbound adopter, long id, long number, int credit, bool isClosed) => OfferOf(id).Adopt(adopter, number, credit, isClosed);

    /// <summary>The items of a stream come from another node from now on.</summary>
    /// <param name="consumer">This node's end.</param>
    /// <param name="incarnation">That node.</param>
    /// <param name="id">What it knows the stream by.</param>
    public void Adopt(IRemoteStream consumer, long incarnation, long id)
    {
        if (consumer.TryPassOn(incarnation, id))
        {
            return;
        }

        if (incarnation == Incarnation)
        {
            OfferOf(id).Adopt(consumer);
        }
        else
        {
            _ = AdoptAsync(consumer, incarnation, id);
        }
    }

    private async Task AdoptAsync(IRemoteStream consumer, long incarnation, long id)
    {
        string? trouble = await TellAsync(incarnation, peer => consumer.Adopt(peer, NextStream(), id) != SendResult.Closed, "it has left the cluster.").ConfigureAwait(false);
        if (trouble is not null)
        {
            consumer.End(new WireUnreachableException($"The wire that produces a stream of {consumer.Call.Method.Signature} had moved to a node that is gone, and the stream with it: {trouble}"));
        }
    }

    /// <summary>What the first of the two who come begins, and has an end in time.</summary>
    private StreamOffer OfferOf(long id)
    {
        if (_offers.TryGetValue(id, out StreamOffer? known))
        {
            return known;
        }

        var offer = new StreamOffer(this, id);
        StreamOffer kept = _offers.GetOrAdd(id, offer);
        if (ReferenceEquals(kept, offer))
        {
            _ = ExpireAsync(id);
        }

        return kept;
    }

    private async Task ExpireAsync(long id)
    {
        try
        {
            await Task.Delay(s_offerTime, TimeProvider.System, Ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // With the node's membership its streams end anyway.
        }

        if (_offers.TryRemove(id, out StreamOffer? offer))
        {
            offer.Expire();
        }
    }
}
