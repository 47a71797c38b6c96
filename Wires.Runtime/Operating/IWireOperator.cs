namespace Wires;

/// <summary>
/// What an operator asks of a cluster and orders it to do: <see cref="IWires.Operator"/> of any node, or <see cref="WireOperatorClient"/> from outside. The <c>wires</c> tool has a verb for each.
/// </summary>
/// <remarks>What is ordered here wins over what nodes do by themselves: a wire is moved also from a node that keeps its wires (<see cref="StayAsync"/>).</remarks>
public interface IWireOperator
{
    /// <summary>All members of the cluster, each as it describes itself. One that cannot be reached has <see cref="NodeReport.Problem"/>.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<NodeReport>> NodesAsync(CancellationToken cancellation = default);

    /// <summary>Wires that are alive, ordered by their ids within each node.</summary>
    /// <param name="node">Those of one node only; null for all.</param>
    /// <param name="type">Those of one type only; null for all.</param>
    /// <param name="limit">No more than so many.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<WireReport>> ListAsync(string? node = null, string? type = null, int limit = 1000, CancellationToken cancellation = default);

    /// <summary>The wires that were seen running most often in a fifth of a second, busiest first.</summary>
    /// <param name="limit">No more than so many.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<WireReport>> BusiestAsync(int limit = 20, CancellationToken cancellation = default);

    /// <inheritdoc cref="IWires.WhereAsync"/>
    Task<string?> WhereAsync(WireId wire, CancellationToken cancellation = default);

    /// <summary>Why a wire does not move now: <see cref="PinKind.None"/> if it can, <see cref="PinKind.Stays"/> if only an operator's order moves it. Nothing moves.</summary>
    /// <param name="wire">The wire, wherever it lives.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<PinReason> WhyAsync(WireId wire, CancellationToken cancellation = default);

    /// <inheritdoc cref="IWires.MigrateAsync"/>
    Task MigrateAsync(WireId wire, string node, CancellationToken cancellation = default);

    /// <summary>Moves a wire to its home: the node that owns its slot and would bring it to life.</summary>
    /// <param name="wire">The wire, wherever it lives.</param>
    /// <param name="cancellation">Ends the wait, not the move.</param>
    /// <returns>The name of that node.</returns>
    /// <exception cref="WireMigrationException">It does not move now, as its reason says; it lives on where it was.</exception>
    Task<string> BringAsync(WireId wire, CancellationToken cancellation = default);

    /// <summary>Sends all guests of a node away: the wires that live there and have their home elsewhere.</summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="patience">How long guests that cannot go at once are waited for. Default: 30 s.</param>
    /// <param name="cancellation">Ends the wait; the node goes on.</param>
    /// <returns>How many have gone, and what stays, and why.</returns>
    Task<EmptyingReport> ExpelAsync(string node, IProgress<EmptyingReport>? progress = null, TimeSpan? patience = null, CancellationToken cancellation = default);

    /// <summary>Lets no more guests come to a node. Wires whose home it is still come to life there. Holds until the node's process ends.</summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task BlockAsync(string node, CancellationToken cancellation = default);

    /// <summary>Lets guests come to a node again.</summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task UnblockAsync(string node, CancellationToken cancellation = default);

    /// <summary>Keeps a node's wires where they are, whatever its load. An operator's order still moves them. Holds until the node's process ends.</summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task StayAsync(string node, CancellationToken cancellation = default);

    /// <summary>Lets a node's wires leave it again.</summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task UnstayAsync(string node, CancellationToken cancellation = default);

    /// <summary>
    /// Moves all wires of a node to the others, then has it leave the cluster, with nothing lost. The node stops; where it runs in a host, that stops too.
    /// </summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="patience">How long wires that cannot go at once are waited for. Default: 30 s.</param>
    /// <param name="cancellation">Ends the wait; the node goes on.</param>
    /// <returns>Once the node is no member any more: how many wires have gone.</returns>
    /// <exception cref="WireOperatorException">Wires stay, as <see cref="WireOperatorException.Stays"/> says; so does the node, which serves them.</exception>
    Task<EmptyingReport> DrainAsync(string node, IProgress<EmptyingReport>? progress = null, TimeSpan? patience = null, CancellationToken cancellation = default);
}
