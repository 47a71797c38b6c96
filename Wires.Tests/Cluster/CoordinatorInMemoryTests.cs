namespace Wires.Tests.Cluster;

/// <summary>The embedded coordinator.</summary>
public sealed class CoordinatorInMemoryTests : CoordinatorTests
{
    private protected override Task<CoordinatorWorld> MakeWorld(bool isHurt = false) => Task.FromResult<CoordinatorWorld>(new InMemoryWorld());
}
