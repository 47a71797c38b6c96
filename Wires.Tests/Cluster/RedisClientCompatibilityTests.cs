using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>
/// The runtime is built with the oldest Redis client that works; an application may bring a later one, and the runtime then calls that. So everything that it uses has to be
/// there, alike to the last parameter: C# binds optional parameters and overloads when it compiles, not when it runs.
/// </summary>
public sealed class RedisClientCompatibilityTests
{
    private const string Client = "StackExchange.Redis";

    [Theory]
    [InlineData("2.13.23")]
    [InlineData("3.4.35")]
    public void WhatTheRuntimeUsesIsInLaterClients(string version)
    {
        HashSet<string> used = ClientSurface.Used(typeof(WireAttribute).Assembly.Location, Client);
        Assert.Contains(used, static member => member.Contains("IDatabaseAsync::ScriptEvaluateAsync", StringComparison.Ordinal));
        HashSet<string> offered = ClientSurface.Offered(Path.Combine(AppContext.BaseDirectory, "RedisClients", version, Client + ".dll"));
        string[] missing = [.. used.Except(offered).Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, $"{Client} {version} does not have:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void WhatIsMissingIsSeen()
    {
        // The client this is built with has what the later ones have dropped or changed.
        HashSet<string> used = ClientSurface.Offered(Path.Combine(AppContext.BaseDirectory, Client + ".dll"));
        HashSet<string> offered = ClientSurface.Offered(Path.Combine(AppContext.BaseDirectory, "RedisClients", "3.4.35", Client + ".dll"));
        Assert.NotEmpty(used.Except(offered));
    }
}
