using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wires.Benchmarks;

/// <summary>The figures of one benchmark: of five runs, with the limit of the same run.</summary>
internal sealed record Row(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("median")] double Median,
    [property: JsonPropertyName("min")] double Min,
    [property: JsonPropertyName("max")] double Max,
    [property: JsonPropertyName("bytesPerOp")] double BytesPerOp,
    [property: JsonPropertyName("limit")] double? Limit,
    [property: JsonPropertyName("ratio")] double? Ratio);

internal static class Report
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    public static void Print(Row row) => Console.WriteLine(
        $"{row.Name,-22} {row.Median,14:N1} {row.Unit,-4} ({row.Min:N1} to {row.Max:N1}), {row.BytesPerOp:0.##} B{(row.Limit is null ? "" : $", limit {row.Limit:N1}, ratio {row.Ratio:0.00}")}");

    public static void Write(string file, IReadOnlyList<Row> rows) => File.WriteAllText(file, JsonSerializer.Serialize(rows, s_json));
}
