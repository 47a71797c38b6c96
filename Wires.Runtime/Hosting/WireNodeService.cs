using Microsoft.Extensions.Hosting;

namespace Wires.Hosting;

/// <summary>Stops the node with its host: after the host's own services have stopped calling it.</summary>
/// <remarks>A node has nothing to start: it works from the moment that <see cref="IWires"/> is resolved. Here it is resolved, so that wrong settings stop the host at once.</remarks>
internal sealed class WireNodeService(WireNode node) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        node.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => node.JoinAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The last step of a host's stop: requests that are being served may call wires until they are done.
    public Task StoppedAsync(CancellationToken cancellationToken) => node.StopAsync(cancellationToken);
}
