using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>What a wire hears of another one comes in the order in which it was said, whoever of the two moves meanwhile.</summary>
public sealed class MovingPairsTests
{
    private const int Talkers = 6;
    private const int Listeners = 6;

    /// <summary>Seconds for each seed; WIRES_PAIRS_SECONDS makes it a long run.</summary>
    private static readonly int s_seconds = int.TryParse(Environment.GetEnvironmentVariable("WIRES_PAIRS_SECONDS"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20261129)]
    public async Task NothingOvertakes(int seed)
    {
        var hearing = new Hearing();
        await using LocalCluster cluster = await Clusters.StartAsync(3, node: node => node.Services.AddSingleton(hearing));
        await Clusters.SettledAsync(cluster);
        TalkerRef[] talkers = [.. Enumerable.Range(0, Talkers).Select(i => cluster.Nodes[0].Wires.Get<TalkerRef>($"talker {seed} {i}"))];
        ListenerRef[] listeners = [.. Enumerable.Range(0, Listeners).Select(i => cluster.Nodes[0].Wires.Get<ListenerRef>($"listener {seed} {i}"))];
        foreach (TalkerRef talker in talkers)
        {
            await talker.Begin(listeners).Within();
        }

        // By themselves and several together, so that they go in one batch, in two at the same time, and from different nodes to the same one.
        WireId[] all = [.. talkers.Select(static wire => wire.Id), .. listeners.Select(static wire => wire.Id)];
        var random = new Random(seed);
        long end = Environment.TickCount64 + (s_seconds * 1000);
        int moves = 0;
        while (Environment.TickCount64 < end)
        {
            string target = cluster.Nodes[random.Next(cluster.Nodes.Count)].Name;
            IWires from = cluster.Nodes[random.Next(cluster.Nodes.Count)].Wires;
            Task[] moving = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => MoveAsync(from, all[random.Next(all.Length)], random.Next(4) == 0 ? cluster.Nodes[random.Next(3)].Name : target))];
            await Task.WhenAll(moving).Within();
            moves += moving.Length;
        }

        foreach (TalkerRef talker in talkers)
        {
            await talker.End().Within();
        }

        int[] said = await Task.WhenAll(talkers.Select(static talker => talker.Said().AsTask())).Within();
        await Waits.Until(() => hearing.Heard == said.Sum() * Listeners || !hearing.Violations.IsEmpty, "all that was said to be heard");
        Assert.True(hearing.Violations.IsEmpty, $"seed {seed}, {moves} moves, {said.Sum()} said: {hearing.Violations.Count} violations\n{string.Join("\n", hearing.Violations.Take(10))}");
        Assert.True(moves > 20 && said.Min() > 100, $"{moves} moves, {said.Min()} said");
    }

    private static async Task MoveAsync(IWires wires, WireId wire, string target)
    {
        try
        {
            await wires.MigrateAsync(wire, target, Cancellation);
        }
        catch (WireMigrationException)
        {
            // On its way already, or it had to wait for too long: so be it.
        }
    }
}
