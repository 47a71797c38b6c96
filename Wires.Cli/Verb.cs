using System.CommandLine;

namespace Wires.Cli;

/// <summary>Makes commands that operate a cluster, and turns what goes wrong into a line and an exit code.</summary>
internal static class Verb
{
    public static Command Create(string name, string description, Func<ParseResult, IWireOperator, CancellationToken, Task<int>> act)
    {
        var command = new Command(name, description);
        command.SetAction(async (arguments, cancellation) =>
        {
            try
            {
                WireOperatorClient client = await ClusterChoice.ConnectAsync(arguments, cancellation).ConfigureAwait(false);
                await using (client.ConfigureAwait(false))
                {
                    return await act(arguments, client.Operator, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is WireException or ArgumentException or InvalidDataException)
            {
                await Console.Error.WriteLineAsync($"wires {name}: {e.Message}").ConfigureAwait(false);
                return ExitCode.Refused;
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"wires {name}: interrupted").ConfigureAwait(false);
                return ExitCode.Refused;
            }
        });
        return command;
    }

    /// <summary>A verb that is done when the cluster has done it, and says so in a line.</summary>
    public static Command Order(string name, string description, Func<ParseResult, IWireOperator, CancellationToken, Task<string>> act) => Create(name, description, async (arguments, cluster, cancellation) =>
    {
        Console.WriteLine(await act(arguments, cluster, cancellation).ConfigureAwait(false));
        return ExitCode.Done;
    });
}
