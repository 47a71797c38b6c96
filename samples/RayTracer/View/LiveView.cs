using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RayTracer.View;

/// <summary>A terminal view: the nodes with their loads beside the picture as it comes.</summary>
internal sealed class LiveView(IAnsiConsole console) : IRenderView
{
    private const int BarWidth = 10;
    private const int TableWidth = 55;
    private const int StateWidth = 7;
    private const int LinesAround = 12;
    private const int EventLines = 6;

    /// <inheritdoc/>
    public bool HasPreview => true;

    /// <inheritdoc/>
    public Task RunAsync(Func<Action<ViewFrame>, Task> work) => console
        .Live(new Text(""))
        .Overflow(VerticalOverflow.Crop)
        .StartAsync(context => work(frame => context.UpdateTarget(Draw(frame))));

    private Rows Draw(ViewFrame frame)
    {
        int columns = console.Profile.Width - TableWidth - 2;
        int height = console.Profile.Height - LinesAround;
        IRenderable nodes = Nodes(frame);
        List<IRenderable> rows = [Title(frame), new Text("")];
        if (columns >= 16 && height >= 6)
        {
            (int width, int lines) = HalfBlockImage.Fit(frame.Job, columns, height);
            var grid = new Grid().AddColumn(new GridColumn().Width(TableWidth).NoWrap()).AddColumn(new GridColumn().PadRight(0));
            rows.Add(grid.AddRow(nodes, new HalfBlockImage(frame.Job, frame.Preview, width, lines)));
        }
        else
        {
            rows.Add(nodes);
        }

        rows.AddRange(frame.Events.TakeLast(EventLines).Select(static line => new Markup($"[grey]{line.EscapeMarkup()}[/]")));
        return new Rows(rows);
    }

    private static Markup Title(ViewFrame frame) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"[bold]{frame.Title.EscapeMarkup()}[/]  {frame.Status.Progress,4:P0}  {frame.Elapsed.TotalSeconds:F1} s  [grey]{frame.Status.Delivered} of {frame.Status.Tiles} tiles done, {frame.Moves} moves, {frame.Status.Restarts} begun anew[/]"));

    private static Table Nodes(ViewFrame frame)
    {
        Table table = new Table().Border(TableBorder.Simple).Width(TableWidth)
            .AddColumn("node").AddColumn(new TableColumn("speed").RightAligned()).AddColumn("load")
            .AddColumn(new TableColumn("wires").RightAligned()).AddColumn(new TableColumn("done").RightAligned()).AddColumn(new TableColumn("").Width(StateWidth));
        foreach (NodeRow node in frame.Nodes)
        {
            table.AddRow(
                new Markup($"[bold]{node.Name.EscapeMarkup()}[/]"),
                new Text(node.Speed.ToString("F2", CultureInfo.InvariantCulture)),
                Bar(node.Load),
                new Text(node.Wires.ToString(CultureInfo.InvariantCulture)),
                new Text(node.Finished.ToString(CultureInfo.InvariantCulture)),
                new Markup($"[grey]{node.State.EscapeMarkup()}[/]"));
        }

        return table;
    }

    private static Markup Bar(double load)
    {
        int filled = (int)Math.Round(Math.Clamp(load, 0, 1) * BarWidth);
        string color = load switch { > 0.85 => "green", > 0.4 => "yellow", _ => "red" };
        return new Markup($"[{color}]{new string('█', filled)}[/][grey]{new string('░', BarWidth - filled)}[/]");
    }
}
