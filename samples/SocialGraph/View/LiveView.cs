using System.Globalization;
using SocialGraph.Ranking;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SocialGraph.View;

/// <summary>A terminal view: the nodes with what comes to their vertices, and how much of all messages was remote by time.</summary>
internal sealed class LiveView(IAnsiConsole console) : IRunView
{
    private const int BarWidth = 24;
    private const int ChartHeight = 8;
    private const int AxisWidth = 7;

    private static readonly string[] s_eighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

    /// <inheritdoc/>
    public Task RunAsync(Func<Action<RunFrame>, Task> work) => console
        .Live(new Text(""))
        .Overflow(VerticalOverflow.Crop)
        .StartAsync(context => work(frame => context.UpdateTarget(Draw(frame))));

    private Rows Draw(RunFrame frame)
    {
        string phase = frame.IsHeld ? "vertices stay where their hash puts them" : "vertices move";
        List<IRenderable> rows =
        [
            new Markup(string.Create(CultureInfo.InvariantCulture, $"[bold]{frame.Elapsed.TotalSeconds:F0} s[/]  {phase}")),
            new Markup(string.Create(
                CultureInfo.InvariantCulture,
                $"[bold]{frame.Traffic.Remote:P1}[/] of {frame.Traffic.PerSecond:N0} messages/s are remote  [grey]load max/mean {frame.Traffic.LoadImbalance:F2}, {frame.Moves:N0} moves, {frame.Runs} runs of PageRank[/]")),
            Nodes(frame.Traffic),
            new Markup("[grey]remote messages, second by second[/]"),
        ];
        rows.AddRange(Chart(frame.History, Math.Max(10, console.Profile.Width - AxisWidth - 1)));
        return new Rows(rows);
    }

    private static Table Nodes(Traffic traffic)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("node").AddColumn(new TableColumn("vertices").RightAligned()).AddColumn(new TableColumn("load").RightAligned()).AddColumn(new TableColumn("messages/s").RightAligned())
            .AddColumn(new TableColumn("remote").RightAligned()).AddColumn("[green]local[/], [red]remote[/]");
        double most = traffic.Nodes.Select(static node => node.PerSecond).DefaultIfEmpty().Max();
        foreach (NodeTraffic node in traffic.Nodes)
        {
            table.AddRow(
                new Markup($"[bold]{node.Node.EscapeMarkup()}[/]"),
                new Text(node.Vertices.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(node.Load.ToString("F2", CultureInfo.InvariantCulture)),
                new Text(node.PerSecond.ToString("N0", CultureInfo.InvariantCulture)),
                new Text((node.PerSecond <= 0 ? 0 : node.RemotePerSecond / node.PerSecond).ToString("P1", CultureInfo.InvariantCulture)),
                Bar(node, most));
        }

        return table;
    }

    private static Markup Bar(NodeTraffic node, double most)
    {
        int all = most <= 0 ? 0 : (int)Math.Round(node.PerSecond / most * BarWidth);
        int remote = most <= 0 ? 0 : (int)Math.Round(node.RemotePerSecond / most * BarWidth);
        return new Markup($"[green]{new string('█', Math.Max(0, all - remote))}[/][red]{new string('█', remote)}[/]{new string(' ', BarWidth - Math.Max(all, remote))}");
    }

    private static IEnumerable<IRenderable> Chart(IReadOnlyList<double> history, int width)
    {
        double[] shown = [.. history.TakeLast(width)];
        for (int row = ChartHeight - 1; row >= 0; row--)
        {
            string label = row == ChartHeight - 1 ? "100 %" : row == 0 ? "0 %" : "";
            string bars = string.Concat(shown.Select(share => s_eighths[(int)Math.Clamp(Math.Round(((share * ChartHeight) - row) * 8), 0, 8)]));
            yield return new Markup($"[grey]{label,AxisWidth - 1}[/] [blue]{bars}[/]");
        }
    }
}
