using Wires.Tests.Cluster;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace Wires.Tests.Cluster;

/// <summary>One Redis server for all tests that leave it running, each under a cluster name of its own. Started by the first that asks.</summary>
public sealed class SharedRedis : IAsyncDisposable
{
    private readonly Lazy<Task<RedisServer>> _server = new(static () => RedisServer.StartAsync());

    internal Task<RedisServer> Server => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
