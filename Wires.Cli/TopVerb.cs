using System.CommandLine;
using Spectre.Console;

namespace Wires.Cli;

/// <summary>Nodes and their busiest wires, again and again.</summary>
internal static class TopVerb
{
    private const int KeyLooksPerSecond = 10;

    // What a terminal of 80 columns has room for.
    private static readonly string[] s_columns = ["NODE", "STATE", "WIRES", "GUESTS", "SLOTS", "LOAD", "MEMORY", "UP"];

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Prints once and ends." };
        var interval = new Option<double>("--interval") { Description = "Seconds between two looks. Default: 1.", DefaultValueFactory = static _ => 1 };
        interval.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double value) && value is >= 0.1 and <= 3600))
            {
                result.AddError($"--interval is {text}: it must be between 0.1 and 3600 seconds.");
            }
        });
        Option<int> limit = Arguments.Limit(20);
        Command command = Verb.Create("top", "Shows the nodes and the busiest wires, live: q ends it. In a pipe it prints plain text at each look.", async (arguments, cluster, cancellation) =>
        {
            TimeSpan pause = TimeSpan.FromSeconds(arguments.GetValue(interval));
            int most = arguments.GetValue(limit);
            if (arguments.GetValue(once) || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi)
            {
                await PrintAsync(cluster, most, arguments.GetValue(once) ? null : pause, cancellation).ConfigureAwait(false);
            }
            else
            {
                await ShowAsync(cluster, most, pause, cancellation).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        command.Add(once);
        command.Add(interval);
        command.Add(limit);
        return command;
    }

    private static async Task PrintAsync(IWireOperator cluster, int limit, TimeSpan? pause, CancellationToken cancellation)
    {
        while (true)
        {
            (IReadOnlyList<NodeReport> nodes, IReadOnlyList<WireReport> wires) = await LookAsync(cluster, limit, cancellation).ConfigureAwait(false);
            Console.Write(Tables.Of(nodes));
            Console.WriteLine();
            Console.Write(Tables.Of(wires));
            if (pause is not { } wait || await PausedAsync(wait, cancellation).ConfigureAwait(false))
            {
                return;
            }

            Console.WriteLine();
        }
    }

    private static Task ShowAsync(IWireOperator cluster, int limit, TimeSpan pause, CancellationToken cancellation) =>
        AnsiConsole.Live(new Markup("looking …")).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            do
            {
                try
                {
                    (IReadOnlyList<NodeReport> nodes, IReadOnlyList<WireReport> wires) = await LookAsync(cluster, limit, cancellation).ConfigureAwait(false);
                    live.UpdateTarget(new Rows(
                        new Markup($"[bold]{nodes.Count} nodes, {nodes.Sum(static node => node.Wires)} wires[/]   [grey]q ends[/]"),
                        Render(Tables.Of(nodes), s_columns),
                        new Markup("[bold]busiest wires[/]"),
                        Render(Tables.Of(wires), columns: null)));
                }
                catch (WireOperatorException e)
                {
                    // Redis may come back.
                    live.UpdateTarget(new Text(e.Message, new Style(Color.Red)));
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
            while (!await PausedAsync(pause, cancellation).ConfigureAwait(false));
        });

    private static async Task<(IReadOnlyList<NodeReport> Nodes, IReadOnlyList<WireReport> Wires)> LookAsync(IWireOperator cluster, int limit, CancellationToken cancellation)
    {
        Task<IReadOnlyList<NodeReport>> nodes = cluster.NodesAsync(cancellation);
        Task<IReadOnlyList<WireReport>> wires = cluster.BusiestAsync(limit, cancellation);
        await Task.WhenAll(nodes, wires).ConfigureAwait(false);
        return (await nodes.ConfigureAwait(false), await wires.ConfigureAwait(false));
    }

    private static Table Render(TextTable text, string[]? columns)
    {
        string[] headings = text.Rows[0];
        int[] shown = [.. Enumerable.Range(0, headings.Length).Where(column => columns is null || columns.Contains(headings[column], StringComparer.Ordinal))];
        var table = new Table { Border = TableBorder.Simple };
        foreach (int column in shown)
        {
            table.AddColumn(new TableColumn(new Text(headings[column])) { NoWrap = true });
        }

        foreach (string[] row in text.Rows.Skip(1))
        {
            table.AddRow(shown.Select(column => new Text(row[column])));
        }

        return table;
    }

    /// <summary>Waits.</summary>
    /// <returns>Whether to end.</returns>
    private static async Task<bool> PausedAsync(TimeSpan pause, CancellationToken cancellation)
    {
        long end = Environment.TickCount64 + (long)pause.TotalMilliseconds;
        while (Environment.TickCount64 < end)
        {
            if (cancellation.IsCancellationRequested || (!Console.IsInputRedirected && Console.KeyAvailable && Console.ReadKey(intercept: true).Key is ConsoleKey.Q or ConsoleKey.Escape))
            {
                return true;
            }

            await Task.Delay(1000 / KeyLooksPerSecond, CancellationToken.None).ConfigureAwait(false);
        }

        return cancellation.IsCancellationRequested;
    }
}
