namespace Wires.Generators.Serialization;

/// <summary>The expressions that write, read and copy a value by its plan.</summary>
internal static class ValueEmitter
{
    /// <summary>How many values one call of WriteUnmanaged or ReadUnmanaged takes.</summary>
    public const int MaxRun = 8;

    private const string Serialization = "global::Wires.Serialization.";

    /// <summary>A statement.</summary>
    public static string Write(TypePlan plan, string writer, string value) => plan.Encoding switch
    {
        ValueEncoding.Unmanaged or ValueEncoding.Checked => $"{writer}.WriteUnmanaged({value});",
        ValueEncoding.Nullable => $"{writer}.WriteNullable({value});",
        ValueEncoding.String => $"{writer}.WriteString({value});",
        ValueEncoding.UnmanagedArray => $"{writer}.WriteArray({value});",
        _ => $"{writer}.WriteValue<{plan.Name}>({value});",
    };

    /// <summary>An expression; null for a null reference.</summary>
    public static string Read(TypePlan plan, string reader) => plan.Encoding switch
    {
        ValueEncoding.Unmanaged => $"{reader}.ReadUnmanaged<{plan.Name}>()",
        ValueEncoding.Nullable => $"{reader}.ReadNullable<{plan.Element}>()",
        ValueEncoding.String => $"{reader}.ReadString()",
        ValueEncoding.UnmanagedArray => $"{reader}.ReadArray<{plan.Element}>()",
        _ => $"{reader}.ReadValue<{plan.Name}>()",
    };

    /// <summary>An expression for a copy inside a formatter's Copy, where a context counts the depth.</summary>
    public static string CopyPart(TypePlan plan, string value, string context = "context") =>
        plan.IsShared ? value : $"{context}.Copy<{plan.Name}>({value})";

    /// <summary>An expression for a copy of a whole argument or result, which is not shared.</summary>
    public static string Copy(TypePlan plan, string value) => $"{Serialization}WireFormatters.Get<{plan.Name}>().Copy({value})!";

    /// <summary>Statements that write values one after another; neighbours that are unmanaged go in one call.</summary>
    public static IEnumerable<string> WriteAll(string writer, IReadOnlyList<(TypePlan Plan, string Value)> values)
    {
        for (var i = 0; i < values.Count;)
        {
            var run = RunLength(values.Count, i, at => values[at].Plan.Encoding is ValueEncoding.Unmanaged or ValueEncoding.Checked);
            yield return run > 1
                ? $"{writer}.WriteUnmanaged({string.Join(", ", values.Skip(i).Take(run).Select(v => v.Value))});"
                : Write(values[i].Plan, writer, values[i].Value);
            i += Math.Max(run, 1);
        }
    }

    /// <summary>Statements that read values into variables which exist.</summary>
    public static IEnumerable<string> ReadAll(string reader, IReadOnlyList<(TypePlan Plan, string Variable)> variables)
    {
        for (var i = 0; i < variables.Count;)
        {
            var run = RunLength(variables.Count, i, at => variables[at].Plan.Encoding == ValueEncoding.Unmanaged);
            yield return run > 1
                ? $"{reader}.ReadUnmanaged({string.Join(", ", variables.Skip(i).Take(run).Select(v => "out " + v.Variable))});"
                : $"{variables[i].Variable} = {Read(variables[i].Plan, reader)};";
            i += Math.Max(run, 1);
        }
    }

    private static int RunLength(int count, int start, Func<int, bool> isInRun)
    {
        var run = 0;
        while (run < MaxRun && start + run < count && isInRun(start + run))
        {
            run++;
        }

        return run;
    }
}
