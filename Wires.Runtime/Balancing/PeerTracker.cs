namespace Wires.Balancing;

/// <summary>Corrects where sketches believe peers to be. Not thread-safe.</summary>
/// <remarks>
/// A sketch learns of a move when the next message is sampled, which may take seconds. Right after an exchange most of what it believes is wrong, and the next exchange would undo what the last one won. But the
/// node knows which wires it has, which it has sent where, and which ones its partner says that it has.
/// </remarks>
internal sealed class PeerTracker(long self)
{
    /// <summary>Where peers are that are on neither node and may be anywhere.</summary>
    public const long Elsewhere = 0;

    /// <summary>After so long, messages have told.</summary>
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(60);

    private readonly Dictionary<ulong, (long Node, TimeSpan At)> _departed = [];
    private readonly Queue<(ulong Wire, TimeSpan At)> _order = new();

    /// <summary>A wire has gone from here.</summary>
    public void Left(ulong wire, long target, TimeSpan now)
    {
        _departed[wire] = (target, now);
        _order.Enqueue((wire, now));
    }

    /// <summary>A wire has come here.</summary>
    public void Arrived(ulong wire) => _departed.Remove(wire);

    /// <summary>Forgets what is old.</summary>
    public void Expire(TimeSpan now)
    {
        while (_order.TryPeek(out (ulong Wire, TimeSpan At) oldest) && now - oldest.At > s_memory)
        {
            _order.Dequeue();
            if (_departed.TryGetValue(oldest.Wire, out (long Node, TimeSpan At) departed) && departed.At == oldest.At)
            {
                _departed.Remove(oldest.Wire);
            }
        }
    }

    /// <summary>Puts a wire's peers where they are, as far as is known.</summary>
    /// <param name="sketch">The wire's.</param>
    /// <param name="local">What is here.</param>
    /// <param name="partner">Another node that has told what it has; 0 for none.</param>
    /// <param name="atPartner">What it has.</param>
    public void Correct(AffinitySketch sketch, IReadOnlySet<ulong> local, long partner, IReadOnlySet<ulong> atPartner)
    {
        for (int i = 0; i < sketch.Peers; i++)
        {
            (ulong peer, long node, _, _) = sketch[i];
            long at = local.Contains(peer) ? self
                : atPartner.Contains(peer) ? partner
                : node == self && _departed.TryGetValue(peer, out (long Node, TimeSpan At) departed) ? departed.Node
                : node == partner && partner != 0 ? Elsewhere
                : node;
            if (at != node)
            {
                sketch.MoveAt(i, at);
            }
        }
    }
}
