using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wires.Cli;

/// <summary>What the cluster tells, as scripts read it. Names and meanings stay; more may come.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode node) => node.ToJsonString(s_options);

    public static JsonArray Of(IReadOnlyList<NodeReport> nodes) => new([.. nodes.Select(Of)]);

    public static JsonArray Of(IReadOnlyList<WireReport> wires) => new([.. wires.Select(static wire => new JsonObject
    {
        ["id"] = wire.Id.ToParsable(),
        ["node"] = wire.Node,
        ["isGuest"] = wire.IsGuest,
        ["waiting"] = wire.Waiting,
        ["busy"] = wire.Busy,
    })]);

    private static JsonObject Of(NodeReport node)
    {
        var json = new JsonObject
        {
            ["name"] = node.Name,
            ["state"] = Tables.StateOf(node),
            ["address"] = node.Address,
            ["speed"] = node.Speed,
            ["build"] = node.Build.ToString(),
        };
        if (node.Problem is { } problem)
        {
            json["problem"] = problem;
            return json;
        }

        json["cores"] = node.Cores;
        json["slots"] = node.Slots;
        json["wires"] = node.Wires;
        json["guests"] = node.Guests;
        json["load"] = node.Load;
        json["memoryBytes"] = node.Memory;
        json["memoryLimitBytes"] = node.MemoryLimit;
        json["uptimeSeconds"] = (long)node.Uptime.TotalSeconds;
        json["protocol"] = node.Protocol;
        return json;
    }
}
