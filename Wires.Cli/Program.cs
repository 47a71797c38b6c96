using System.CommandLine;
using Wires.Cli;

var root = new RootCommand("Sees into a cluster of Wires nodes, and operates it. Exit codes: 0 done, 1 refused (the reason is on stderr), 2 wrong usage.");
ClusterChoice.AddTo(root);
root.Add(TopVerb.Create());
foreach (Command verb in (IEnumerable<Command>)[.. ReadingVerbs.All, .. OrderVerbs.All])
{
    root.Add(verb);
}

ParseResult arguments = root.Parse(args);
if (arguments.Errors.Count > 0)
{
    foreach (System.CommandLine.Parsing.ParseError error in arguments.Errors)
    {
        await Console.Error.WriteLineAsync($"wires: {error.Message}").ConfigureAwait(false);
    }

    await Console.Error.WriteLineAsync("wires: 'wires --help' lists the verbs, 'wires VERB --help' what one takes.").ConfigureAwait(false);
    return ExitCode.Usage;
}

return await arguments.InvokeAsync().ConfigureAwait(false);
