using SocialGraph.Graphs;
using Wires;

namespace SocialGraph.Ranking;

/// <summary>Has the vertices of a graph compute their ranks, as often as wanted.</summary>
public sealed class RankSession(IWires wires, Graph graph, TimeProvider clock)
{
    private static readonly TimeSpan s_watchPeriod = TimeSpan.FromMilliseconds(100);

    private readonly GraphJob _job = new(Guid.NewGuid(), graph.Vertices);

    /// <summary>After how long without a report a run has failed: a share or a vertex was lost with a node.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wire of a vertex.</summary>
    public VertexRef VertexOf(int vertex) => wires.Get<VertexRef>(_job.KeyOf(vertex));

    private RankTableRef Table => wires.Get<RankTableRef>(_job.Id);

    /// <summary>Brings all vertices to life, each at its home, and tells them their neighbours.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await Table.Prepare(graph.Vertices);
        await Task.WhenAll(Enumerable.Range(0, graph.Vertices).Select(vertex => VertexOf(vertex).Prepare(new Surroundings(_job, vertex, graph.NeighboursOf(vertex))).AsTask())).WaitAsync(cancellation);
    }

    /// <summary>Computes the ranks from the beginning.</summary>
    /// <param name="rounds">How many.</param>
    /// <param name="progress">Is told how far it is, some times a second.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The rank of each vertex.</returns>
    /// <exception cref="TimeoutException">Nothing goes on any more.</exception>
    public async Task<double[]> RunAsync(int rounds, Func<TableStatus, Task> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(progress);
        await Table.Begin(rounds);
        await Task.WhenAll(Enumerable.Range(0, graph.Vertices).Select(vertex => VertexOf(vertex).Begin(rounds).AsTask())).WaitAsync(cancellation);
        long received = -1;
        long heardAt = clock.GetTimestamp();
        while (true)
        {
            TableStatus status = await Table.Status().AsTask().WaitAsync(cancellation);
            await progress(status);
            if (status.Done == graph.Vertices)
            {
                return await Table.Ranks();
            }

            long now = status.Nodes.Sum(static node => node.Local + node.Remote);
            if (now != received)
            {
                (received, heardAt) = (now, clock.GetTimestamp());
            }
            else if (clock.GetElapsedTime(heardAt) > Patience)
            {
                throw new TimeoutException($"No vertex has told of a new round for {Patience.TotalSeconds:0} s; all have done {status.LeastRound}. A node was lost with its vertices, or the nodes are too slow for this graph.");
            }

            await Task.Delay(s_watchPeriod, clock, cancellation);
        }
    }
}
