using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration.RandomPrograms;

/// <summary>
/// Random programs run once where they are, and once with a move to another process at each of their waits: with the same result, the same effects in the same order and the same state in the
/// end. WIRES_RANDOM_PROGRAMS says how many, WIRES_RANDOM_SEED which is the first.
/// </summary>
[Collection(Runtime.Quiet.Name)]
public sealed class RandomProgramTests : IAsyncLifetime
{
    private const int BatchSize = 150;

    /// <summary>Batches that two processes hold at a time.</summary>
    private const int BatchesPerCluster = 8;

    private const int Shown = 4;

    private static readonly int s_programs = Setting("WIRES_RANDOM_PROGRAMS", 300);
    private static readonly int s_seed = Setting("WIRES_RANDOM_SEED", 0);

    private readonly AssemblyFolder _folder = new();
    private readonly ConcurrentQueue<string> _failures = [];
    private RedisServer _redis = null!;
    private int _moves;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ProgramsThatMoveAtEachWaitDoWhatTheyDoWhereTheyStay()
    {
        var watch = Stopwatch.StartNew();
        for (int done = 0; done < s_programs;)
        {
            var batches = new List<ProgramBatch>();
            while (batches.Count < BatchesPerCluster && done < s_programs)
            {
                // How a program is compiled follows from its seed alone, so that one that fails can be run again.
                (int batch, int place) = Math.DivRem(s_seed + done, BatchSize);
                int count = Math.Min(BatchSize - place, s_programs - done);
                batches.Add(ProgramBatch.Compile(_folder.Info, s_seed + done, count, isDebug: batch % 2 != 0));
                done += count;
            }

            await RunAsync(batches);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s_programs} programs from seed {s_seed}, {_moves} moves, {watch.Elapsed.TotalSeconds:0} s, {_failures.Count} failures"));
        Assert.True(_failures.IsEmpty, $"{_failures.Count} of {s_programs} programs do something else when they move. The first:\n\n{string.Join("\n\n", _failures.Take(Shown))}");
        Assert.True(_moves > s_programs, $"only {_moves} moves");
    }

    private async Task RunAsync(List<ProgramBatch> batches)
    {
        await using ProcessPair pair = await ProcessPair.StartAsync(_redis, batches.Select(static batch => batch.Path));
        var programs = batches.SelectMany(static batch => Enumerable.Range(0, batch.Count).Select(program => (batch, program)));
        await Parallel.ForEachAsync(programs, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (one, _) => await CompareAsync(pair.Wires, one.batch, one.program));
    }

    private async ValueTask CompareAsync(IWires wires, ProgramBatch batch, int program)
    {
        (string staying, _) = await batch.RunAsync(wires, program);
        (string moving, int moves) = await batch.RunAsync(wires, program, "own", "other");
        Interlocked.Add(ref _moves, moves);
        if (moving != staying)
        {
            _failures.Enqueue($"Seed {batch.Seed(program)}{(batch.IsDebug ? ", compiled for debugging" : "")}. Where it stays:\n{staying}\nWhere it moves:\n{moving}\nThe program:\n{batch.Source(program)}");
        }
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
