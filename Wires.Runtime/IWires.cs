namespace Wires;

/// <summary>A node's door to the wires of its cluster. Registered by <c>AddWires()</c>.</summary>
public interface IWires
{
    /// <summary>The name of this node.</summary>
    string Node { get; }

    /// <summary>What an operator can see of the whole cluster, and order it to do.</summary>
    IWireOperator Operator { get; }

    /// <summary>Names a wire. No message is sent; the wire comes alive on its first call.</summary>
    TRef Get<TRef>(string key) where TRef : struct, IWireRef<TRef>;

    /// <inheritdoc cref="Get{TRef}(string)"/>
    TRef Get<TRef>(long key) where TRef : struct, IWireRef<TRef>;

    /// <inheritdoc cref="Get{TRef}(string)"/>
    TRef Get<TRef>(Guid key) where TRef : struct, IWireRef<TRef>;

    /// <summary>Moves a wire to another node while it is in use: its callers notice nothing but a short wait. Completes when it lives there.</summary>
    /// <param name="wire">The wire, wherever it lives.</param>
    /// <param name="node">The name of the node. Nothing happens if the wire lives there.</param>
    /// <param name="cancellation">Ends the wait, not the move.</param>
    /// <exception cref="WireMigrationException">It does not move now, as its reason says; it lives on where it was.</exception>
    ValueTask MigrateAsync(WireId wire, string node, CancellationToken cancellation = default);

    /// <summary>Why a wire cannot move now: <see cref="PinKind.None"/> if it can. Nothing moves.</summary>
    /// <param name="wire">The wire, wherever it lives.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<PinReason> WhyAsync(WireId wire, CancellationToken cancellation = default);

    /// <summary>The name of the node that a wire lives on; null if it is not alive.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<string?> WhereAsync(WireId wire, CancellationToken cancellation = default);

    /// <summary>Names a new wire under a key that nobody else has.</summary>
    TRef Spawn<TRef>() where TRef : struct, IWireRef<TRef>;
}
