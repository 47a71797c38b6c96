using System.Diagnostics;
using System.Text.RegularExpressions;
using Nomad;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Samples;

/// <summary>The sample as its user starts it: it compares its results with a direct computation.</summary>
public sealed partial class NomadProgramTests
{
    [Fact]
    public async Task MethodsWalkOverTheNodesAndSurviveTheirEnd()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PrimeCounter).Assembly.Location, "60000000"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within("the program does not end");
            string said = await output;
            Assert.Equal((0, ""), (process.ExitCode, await error));
            Assert.Contains("each station was told what is right", said, StringComparison.Ordinal);
            Assert.Contains("3,562,115 primes, counted on node2, ", said, StringComparison.Ordinal);
            Assert.EndsWith("the result is right" + Environment.NewLine, said, StringComparison.Ordinal);
            Assert.Matches(Drained(), said);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex(@"node2 is drained and stopped; it goes on at node\d after [\d.]+ ms")]
    private static partial Regex Drained();
}
