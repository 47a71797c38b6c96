using System.CommandLine;

namespace Wires.Cli;

/// <summary>Verbs that change something.</summary>
internal static class OrderVerbs
{
    public static IEnumerable<Command> All =>
    [
        Migrate(),
        Bring(),
        Expel(),
        OfNode("block", "Lets no more guests come to a node. Wires whose home it is still come to life there.", static (cluster, node, cancellation) => cluster.BlockAsync(node, cancellation), "is blocked"),
        OfNode("unblock", "Lets guests come to a node again.", static (cluster, node, cancellation) => cluster.UnblockAsync(node, cancellation), "takes guests"),
        OfNode("stay", "Keeps a node's wires where they are, whatever its load. migrate, bring, expel and drain still move them.", static (cluster, node, cancellation) => cluster.StayAsync(node, cancellation), "keeps its wires"),
        OfNode("unstay", "Lets a node's wires leave it by load again.", static (cluster, node, cancellation) => cluster.UnstayAsync(node, cancellation), "lets its wires leave"),
        Drain(),
    ];

    private static Command Migrate()
    {
        Argument<WireId> id = Arguments.Id();
        Argument<string> node = Arguments.Node();
        Command command = Verb.Order("migrate", "Moves a wire to a node while it is in use.", async (arguments, cluster, cancellation) =>
        {
            WireId wire = arguments.GetValue(id);
            string target = arguments.GetRequiredValue(node);
            await cluster.MigrateAsync(wire, target, cancellation).ConfigureAwait(false);
            return $"{wire.ToParsable()} lives on {target}";
        });
        command.Add(id);
        command.Add(node);
        return command;
    }

    private static Command Bring()
    {
        Argument<WireId> id = Arguments.Id();
        Command command = Verb.Order("bring", "Moves a wire to its home: the node that owns its slot.", async (arguments, cluster, cancellation) =>
        {
            WireId wire = arguments.GetValue(id);
            return $"{wire.ToParsable()} lives on {await cluster.BringAsync(wire, cancellation).ConfigureAwait(false)}";
        });
        command.Add(id);
        return command;
    }

    private static Command Expel()
    {
        Argument<string> node = Arguments.Node();
        Option<double> patience = Arguments.Patience();
        Command command = Verb.Create("expel", "Sends all guests of a node away: the wires that have their home elsewhere.", async (arguments, cluster, cancellation) =>
        {
            string name = arguments.GetRequiredValue(node);
            EmptyingReport report = await cluster.ExpelAsync(name, new ProgressLines(), TimeSpan.FromSeconds(arguments.GetValue(patience)), cancellation).ConfigureAwait(false);
            Console.WriteLine($"{report.Moved} guests of {name} have gone");
            if (report.Left == 0)
            {
                return ExitCode.Done;
            }

            await Console.Error.WriteLineAsync($"wires expel: {report}").ConfigureAwait(false);
            return ExitCode.Refused;
        });
        command.Add(node);
        command.Add(patience);
        return command;
    }

    private static Command Drain()
    {
        Argument<string> node = Arguments.Node();
        Option<double> patience = Arguments.Patience();
        Command command = Verb.Order("drain", "Moves all wires of a node to the others, then has it leave the cluster and stop, with nothing lost. Interrupting this only ends the watching.", async (arguments, cluster, cancellation) =>
        {
            string name = arguments.GetRequiredValue(node);
            EmptyingReport report = await cluster.DrainAsync(name, new ProgressLines(), TimeSpan.FromSeconds(arguments.GetValue(patience)), cancellation).ConfigureAwait(false);
            return $"{name} has left the cluster; {report.Moved} wires of it live on elsewhere";
        });
        command.Add(node);
        command.Add(patience);
        return command;
    }

    private static Command OfNode(string name, string description, Func<IWireOperator, string, CancellationToken, Task> act, string done)
    {
        Argument<string> node = Arguments.Node();
        Command command = Verb.Order(name, description, async (arguments, cluster, cancellation) =>
        {
            string target = arguments.GetRequiredValue(node);
            await act(cluster, target, cancellation).ConfigureAwait(false);
            return $"{target} {done}";
        });
        command.Add(node);
        return command;
    }
}
