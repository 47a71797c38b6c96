using Wires.Cluster;

namespace Wires.Tests.Cluster.Simulation;

/// <summary>A node's way to the others: slow, lossy, cut at times.</summary>
internal sealed class SimPeers(SimWorld world, SimNetwork network, SimNode me) : IPeers
{
    public Task<byte[]> AskAsync(Member member, PeerQuestion kind, ReadOnlyMemory<byte> question, TimeSpan timeout, CancellationToken cancellation)
    {
        var answered = new TaskCompletionSource<byte[]>();
        byte[] bytes = question.ToArray();
        if (!network.Nodes.TryGetValue(member.Incarnation, out SimNode? other) || !Passes(other))
        {
            return answered.Task;
        }

        world.After(Delay(), () => other.Run(() =>
        {
            byte[] answer = other.Member.Answer(me.Member.Incarnation, kind, bytes);
            if (Passes(other))
            {
                world.After(Delay(), () => me.Run(() => answered.TrySetResult(answer)));
            }
        }));
        return answered.Task;
    }

    private bool Passes(SimNode other) => network.Reaches(me, other) && !world.Chance(network.Loss);

    private double Delay() => world.Chance(0.02) ? world.Between(0, 3000) : world.Between(0.2, 20);
}
