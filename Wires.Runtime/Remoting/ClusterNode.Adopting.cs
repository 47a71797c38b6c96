using System.Collections.Concurrent;
using Wires.Infrastructure;
using Wires.Transport;

namespace Wires.Remoting;

// Calls that are under way while one of their two wires moves.
internal sealed partial class ClusterNode
{
    /// <summary>Stands for this node itself where a connection's number would.</summary>
    private const long OwnNumber = 1L << 46;

    // What another node asks for is made known here within the time that a release takes to arrive.
    private const int UnknownMilliseconds = 120_000;

    private static readonly TimeSpan s_firstAdoptionPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestAdoptionPause = TimeSpan.FromMilliseconds(250);

    // Never used twice, by any process: as in CallChains.
    private static long s_lastAdoption = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    private readonly ConcurrentDictionary<long, Adoption> _adoptions = new();

    /// <summary>How many calls wait for their outcome or for whoever waits for it.</summary>
    public int Adoptions => _adoptions.Count;

    public static long NextAdoption() => Interlocked.Increment(ref s_lastAdoption);

    /// <summary>What this node gives the outcome of.</summary>
    public Adoption Offer(long id)
    {
        Adoption adoption = AdoptionOf(id);
        adoption.IsKnown = true;
        return adoption;
    }

    public void EndAdoption(long id) => _adoptions.TryRemove(id, out _);

    /// <summary>Another node waits for the outcome of a call.</summary>
    public void Adopt(Inbound adopter, long id, long number)
    {
        ExpireUnknown();
        AdoptionOf(id).Adopt(adopter, number);
    }

    /// <summary>The outcome of a call that waits here comes from another node from now on. Whoever calls has ended what the call waited for until now.</summary>
    /// <param name="call">The call.</param>
    /// <param name="incarnation">The node that will have the outcome.</param>
    /// <param name="id">What that node knows the call by.</param>
    public void Adopt(Ask call, long incarnation, long id)
    {
        if (incarnation == Incarnation)
        {
            long claim = RemoteClaim.Of(OwnNumber, call.Token);
            Adoption adoption = AdoptionOf(id);
            if (call.TryBeginRemote(null, claim))
            {
                adoption.Adopt(call, claim);
            }

            return;
        }

        _ = AdoptAsync(call, call.Token, incarnation, id);
    }

    private async Task AdoptAsync(Ask call, short token, long incarnation, long id)
    {
        string? trouble = await TellAsync(incarnation, peer => TryAdopt(peer, call, token, id), "the wire had moved to a node that is gone.").ConfigureAwait(false);
        if (trouble is not null && call.Token == token)
        {
            call.FailRemote(Faults.ConnectionLost(call, call.Handle!.Node.Name, trouble));
        }
    }

    /// <returns>Whether nothing is left to be told.</returns>
    private static bool TryAdopt(Peer peer, Ask call, short token, long id)
    {
        long number = CallTable.NumberOf(call);
        long claim = RemoteClaim.Of(peer.Number, token);
        if (call.Token != token || !call.TryBeginRemote(peer, claim))
        {
            // Timed out: nobody waits.
            peer.Connection.Send(FrameKind.Adopt, id, 0L);
            return true;
        }

        CancellationToken cancellation = call.Cancellation;
        if (peer.Connection.Send(FrameKind.Adopt, id, number) == SendResult.Closed)
        {
            return !call.TryEndRemote(claim);
        }

        if (cancellation.IsCancellationRequested)
        {
            // Meanwhile: it was nobody's to tell.
            peer.Connection.Send(FrameKind.Cancel, number);
        }

        return true;
    }

    /// <summary>Tells a node something, by as many connections as it takes.</summary>
    /// <param name="incarnation">The node.</param>
    /// <param name="tell">Gives false where the connection is closed.</param>
    /// <param name="isGone">What is in the way where the node is gone and nothing else was.</param>
    /// <returns>Null once it is told; what is in the way if the node, or this one, is no member any more.</returns>
    private async Task<string?> TellAsync(long incarnation, Func<Peer, bool> tell, string isGone)
    {
        var pause = new Backoff(s_firstAdoptionPause, s_longestAdoptionPause);
        string? trouble = null;
        while (true)
        {
            try
            {
                if (tell(await PeerAsync(incarnation).ConfigureAwait(false)))
                {
                    return null;
                }
            }
            catch (Exception e) when (Faults.IsOfAnotherNode(e))
            {
                trouble = e.Message;
            }

            if (IsOver || !IsMember(incarnation))
            {
                return trouble ?? isGone;
            }

            await ChangesAsync(pause.Next()).ConfigureAwait(false);
        }
    }

    private Adoption AdoptionOf(long id) => _adoptions.GetOrAdd(id, static (id, cluster) => new Adoption(cluster, id), this);

    private void ExpireUnknown()
    {
        if (_adoptions.Count < 64)
        {
            return;
        }

        long now = Environment.TickCount64;
        foreach ((long id, Adoption adoption) in _adoptions)
        {
            if (!adoption.IsKnown && now - adoption.Began > UnknownMilliseconds)
            {
                _adoptions.TryRemove(id, out _);
            }
        }
    }
}
