using Wires.Operating;

namespace Wires;

/// <summary>
/// Operates a cluster from a process that is no member of it and hosts no wires: what the <c>wires</c> tool does. It may ask an operator's questions and nothing else; it can neither call wires nor take them.
/// </summary>
public sealed class WireOperatorClient : IAsyncDisposable
{
    private readonly ClientOperator _operator;

    private WireOperatorClient(ClientOperator client) => _operator = client;

    /// <summary>The cluster.</summary>
    public IWireOperator Operator => _operator;

    /// <summary>Finds a cluster.</summary>
    /// <param name="configure">Names it as for a node: <see cref="WiresOptions.UseRedis"/>, and of <see cref="WiresOptions.Cluster"/> the name, the secret and TLS.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="WireOperatorException">Redis does not answer, or has no such cluster.</exception>
    public static async Task<WireOperatorClient> ConnectAsync(Action<WiresOptions> configure, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new WiresOptions();
        configure(options);
        if (!Remoting.ClusterSettings.IsClustered(options))
        {
            throw new ArgumentException($"It names no cluster: call {nameof(WiresOptions.UseRedis)}.", nameof(configure));
        }

        var client = new ClientOperator(options);
        try
        {
            await client.ConnectAsync(cancellation).ConfigureAwait(false);
            return new WireOperatorClient(client);
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _operator.DisposeAsync();
}
