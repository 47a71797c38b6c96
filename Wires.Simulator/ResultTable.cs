using System.Globalization;

namespace Wires.Simulator;

/// <summary>Prints results as they come, in columns.</summary>
internal static class ResultTable
{
    private static readonly (string Title, int Width)[] s_columns =
    [
        ("scenario", -12), ("nodes", 6), ("wires", 7), ("balanced", 9), ("max/mean", 9), ("least", 7), ("moves/wire", 11), ("MiB moved", 10), ("last minute", 12), ("remote: from", 13), ("at 60 s", 8), ("end", 7), ("best", 7),
    ];

    public static void PrintHeader(TextWriter writer)
    {
        writer.WriteLine(Line([.. s_columns.Select(static column => column.Title)]));
        writer.WriteLine(Line([.. s_columns.Select(static column => new string('-', Math.Abs(column.Width) - 1))]));
    }

    public static void Print(TextWriter writer, Result result) => writer.WriteLine(Line(
    [
        result.Scenario,
        Text($"{result.Nodes}"),
        Text($"{result.Wires}"),
        result.Balanced is { } balanced ? Text($"{balanced.TotalSeconds:0.0} s") : result.IsUnsteady ? "-" : "never",
        Text($"{result.Imbalance:0.000}"),
        Text($"{result.LeastImbalance:0.000}"),
        Text($"{result.MovesPerWire:0.00}"),
        Text($"{result.BytesMoved / 1048576.0:0.0}"),
        Text($"{result.MovesInLastMinute}"),
        Share(result.RemoteBefore),
        Share(result.RemoteAt60),
        Share(result.RemoteAfter),
        Share(result.RemoteBest),
    ]));

    private static string Line(string[] cells) => string.Concat(cells.Zip(s_columns, static (cell, column) => column.Width < 0 ? cell.PadRight(-column.Width) : cell.PadLeft(column.Width))).TrimEnd();

    private static string Share(double? share) => share is { } value ? Text($"{value * 100:0.0} %") : "-";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
