namespace Wires.Tests.Migration.RandomPrograms;

internal sealed partial class ProgramWriter
{
    /// <summary>Fills a template.</summary>
    /// <param name="template">Of a <see cref="ProgramType"/>.</param>
    /// <param name="variable">For <c>$v</c>.</param>
    /// <param name="awaits">How many of its numbers may be awaited.</param>
    private string Fill(string template, string? variable, int awaits)
    {
        string text = template;
        for (int at = text.IndexOf("$i", StringComparison.Ordinal); at >= 0; at = text.IndexOf("$i", StringComparison.Ordinal))
        {
            bool isAwaited = awaits > 0 && _random.Next(3) == 0;
            awaits -= isAwaited ? 1 : 0;
            text = string.Concat(text.AsSpan(0, at), isAwaited ? Awaited() : Number(1), text.AsSpan(at + 2));
        }

        return text.Replace("$v", variable, StringComparison.Ordinal);
    }

    /// <summary>A number without a wait, in parentheses where it needs them.</summary>
    private string Number(int depth)
    {
        switch (_random.Next(depth > 1 ? 5 : 7))
        {
            case 0:
                return _random.Next(10).ToString(System.Globalization.CultureInfo.InvariantCulture);
            case < 5:
                Variable? variable = AnyVariable(static _ => true);
                return variable is null ? "1" : variable.Type.Number.Replace("$v", variable.Name, StringComparison.Ordinal);
            case 5:
                return $"({Number(depth + 1)} {"+-*^"[_random.Next(4)]} {Number(depth + 1)})";
            default:
                return $"Sum({Number(depth + 1)}, {Number(depth + 1)}, {_random.Next(9)})";
        }
    }

    /// <summary>A number that is waited for; one that is there where too much is waited for already.</summary>
    private string Awaited()
    {
        int kind = _random.Next(15);
        int cost = kind is 3 or 4 or 10 ? 2 : 1;
        if (!Affords(cost))
        {
            return Number(1);
        }

        if (_body.IsPure && kind is >= 5 and <= 9)
        {
            kind = 0;
        }

        Helper[] callable = [.. _helpers.Where(h => (h.IsPure || !_body.IsPure) && Affords(h.Cost)).Concat(_body.Functions.Where(f => Affords(f.Cost)))];
        if (kind >= 11 && callable.Length > 0)
        {
            Helper helper = callable[_random.Next(callable.Length)];
            Spend(helper.Cost);
            return $"({helper.Result.Number.Replace("$v", $"(await {Call(helper)})", StringComparison.Ordinal)})";
        }

        Spend(cost);
        switch (kind)
        {
            case 1:
                Variable? passed = AnyVariable(static _ => true);
                return passed is null ? $"(await Number({Number(1)}))" : $"({passed.Type.Number.Replace("$v", $"(await Pass<{passed.Type.Name}>({passed.Name}))", StringComparison.Ordinal)})";
            case 2:
                // A variable that is an object travels with what the compiler keeps in such ones; a list of objects does not.
                Variable? both = AnyVariable(static v => v.Type != ProgramType.Int && v.Type.Name != "object");
                return both is null ? $"(await Sleep({Number(1)}))" : $"(await Both<{both.Type.Name}>(this, {both.Name}, {both.Name})).Count";
            case 3:
                return $"(await {AnyVariable(ProgramType.Worker)?.Name ?? $"new Worker({Number(1)})"}.Step(this, {Number(1)}))";
            case 4 when AnyVariable(ProgramType.Counter) is { } counter:
                return $"(await {counter.Name}.Twice(this))";
            case 5:
                return $"(await _other.Add({Number(1)}))";
            case 6:
                return $"(await Moving(_other.Slow({Number(1)})))";
            case 7:
                return $"(await Moving(_other.AskBack(_me, {Number(1)})))";
            case 8 when _random.Next(2) == 0:
                return $"(await Race(_other.Slow({Number(1)}), _other.Add(3)))";
            case 8:
                return $"(await Wire.WhenAll(_other.Slow({Number(1)}), _other.Add({(_random.Next(2) == 0 ? "await Number(2)" : "3")})))[{_random.Next(2)}]";
            case 9:
                return $"(await _other.AskBack(_me, {Number(1)}))";
            case 10:
                return $"(await Number(await Number({Number(1)})))";
            case 12:
                return $"(await Sleep({Number(1)}))";
            default:
                return $"(await Number({Number(1)}))";
        }
    }

    /// <summary>A call of a method, not awaited.</summary>
    private string Call(Helper helper) => $"{helper.Name}({string.Join(", ", helper.Parameters.Select(Argument))})";

    /// <summary>A variable of the type where there is one: then two methods hold it.</summary>
    private string Argument(ProgramType type) =>
        AnyVariable(type) is { } variable && _random.Next(4) > 0 ? variable.Name : Fill(type.Make, null, awaits: 0);

    /// <summary>What a method that runs beside others may be given: nothing that they hold.</summary>
    private string OwnArgument(ProgramType type) => Fill(type.Make, null, awaits: 0);
}
