using System.Globalization;

namespace Wires.Cli;

/// <summary>What the cluster tells, as people read it.</summary>
internal static class Tables
{
    private const double Mebi = 1024 * 1024;

    public static TextTable Of(IReadOnlyList<NodeReport> nodes)
    {
        var table = new TextTable("NODE", "STATE", "WIRES", "GUESTS", "SLOTS", "LOAD", "MEMORY", "CORES", "SPEED", "UP", "ADDRESS", "BUILD", "PROTOCOL");
        foreach (NodeReport node in nodes)
        {
            table.Add(node.Problem is null
                ? [node.Name, StateOf(node), Text(node.Wires), Text(node.Guests), Text(node.Slots), Share(node.Load), Memory(node), Text(node.Cores), Text(node.Speed), Time(node.Uptime), node.Address, BuildOf(node), Text(node.Protocol)]
                : [node.Name, StateOf(node), "-", "-", "-", "-", "-", "-", Text(node.Speed), "-", node.Address, BuildOf(node), "-"]);
        }

        return table;
    }

    public static TextTable Of(IReadOnlyList<WireReport> wires)
    {
        var table = new TextTable("WIRE", "NODE", "PLACE", "WAITING", "BUSY");
        foreach (WireReport wire in wires)
        {
            table.Add(wire.Id.ToParsable(), wire.Node, wire.IsGuest ? "guest" : "home", Text(wire.Waiting), wire.Busy is { } busy ? Share(busy) : "");
        }

        return table;
    }

    /// <summary>open, or what the node was told.</summary>
    public static string StateOf(NodeReport node) =>
        node.Problem is not null ? "unreachable" : node.Marks == NodeMarks.None ? "open" : node.Marks.ToString().ToLowerInvariant().Replace(", ", "+", StringComparison.Ordinal);

    private static string BuildOf(NodeReport node) => node.Build.ToString("N")[..8];

    private static string Memory(NodeReport node) => string.Create(CultureInfo.InvariantCulture, $"{node.Memory / Mebi:0}/{node.MemoryLimit / Mebi:0} MiB");

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time) => time.TotalDays >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays}d{time.Hours:00}h")
        : time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
