using System.CommandLine;
using System.Text.Json.Nodes;

namespace Wires.Cli;

/// <summary>Verbs that change nothing.</summary>
internal static class ReadingVerbs
{
    public static IEnumerable<Command> All => [Nodes(), List(), Where(), Why()];

    private static Command Nodes()
    {
        Option<bool> json = Arguments.Json();
        Command command = Verb.Create("nodes", "Lists the nodes of the cluster.", async (arguments, cluster, cancellation) =>
        {
            IReadOnlyList<NodeReport> nodes = await cluster.NodesAsync(cancellation).ConfigureAwait(false);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(Json.Of(Json.Of(nodes)));
                return ExitCode.Done;
            }

            Console.Write(Tables.Of(nodes));
            NodeReport[] silent = [.. nodes.Where(static node => node.Problem is not null)];
            foreach (NodeReport node in silent)
            {
                await Console.Error.WriteLineAsync($"wires nodes: {node.Name}: {node.Problem}").ConfigureAwait(false);
            }

            // A node that is down does not keep a script from the others; that none can be asked is another matter: a wrong secret.
            return silent.Length == nodes.Count ? ExitCode.Refused : ExitCode.Done;
        });
        command.Add(json);
        return command;
    }

    private static Command List()
    {
        var node = new Option<string?>("--node") { Description = "Those of one node only." };
        var type = new Option<string?>("--type") { Description = "Those of one type only." };
        Option<int> limit = Arguments.Limit(1000);
        Option<bool> json = Arguments.Json();
        Command command = Verb.Create("list", "Lists wires that are alive, by node and in the order of their ids.", async (arguments, cluster, cancellation) =>
        {
            int most = arguments.GetValue(limit);
            IReadOnlyList<WireReport> wires = await cluster.ListAsync(arguments.GetValue(node), arguments.GetValue(type), most, cancellation).ConfigureAwait(false);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(Json.Of(Json.Of(wires)));
                return ExitCode.Done;
            }

            Console.Write(Tables.Of(wires));
            if (wires.Count == most)
            {
                await Console.Error.WriteLineAsync($"wires list: there may be more than these {most}: --limit raises it").ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        command.Add(node);
        command.Add(type);
        command.Add(limit);
        command.Add(json);
        return command;
    }

    private static Command Where()
    {
        Argument<WireId> id = Arguments.Id();
        Option<bool> json = Arguments.Json();
        Command command = Verb.Create("where", "Says which node a wire lives on. Exit code 1 if it is not alive.", async (arguments, cluster, cancellation) =>
        {
            WireId wire = arguments.GetValue(id);
            string? node = await cluster.WhereAsync(wire, cancellation).ConfigureAwait(false);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(Json.Of(new JsonObject { ["id"] = wire.ToParsable(), ["node"] = node }));
            }
            else if (node is not null)
            {
                Console.WriteLine(node);
            }
            else
            {
                await Console.Error.WriteLineAsync($"wires where: {wire.ToParsable()} is not alive: its next call brings it to life").ConfigureAwait(false);
            }

            return node is null ? ExitCode.Refused : ExitCode.Done;
        });
        command.Add(id);
        command.Add(json);
        return command;
    }

    private static Command Why()
    {
        Argument<WireId> id = Arguments.Id();
        Option<bool> json = Arguments.Json();
        Command command = Verb.Create("why", "Says what keeps a wire from moving now.", async (arguments, cluster, cancellation) =>
        {
            WireId wire = arguments.GetValue(id);
            PinReason pin = await cluster.WhyAsync(wire, cancellation).ConfigureAwait(false);
            Console.WriteLine(arguments.GetValue(json)
                ? Json.Of(new JsonObject { ["id"] = wire.ToParsable(), ["kind"] = pin.Kind.ToString(), ["text"] = pin.Text })
                : $"{pin.Kind}: {pin.Text}");
            return ExitCode.Done;
        });
        command.Add(id);
        command.Add(json);
        return command;
    }
}
