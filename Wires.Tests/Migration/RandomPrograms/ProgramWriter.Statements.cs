namespace Wires.Tests.Migration.RandomPrograms;

internal sealed partial class ProgramWriter
{
    private void WriteStatement()
    {
        int kind = _random.Next(_body.Depth >= 3 ? 11 : 20);
        switch (kind)
        {
            case 0 or 1 or 2:
                Declare(AnyType());
                break;
            case 3 or 4 or 5:
                Change();
                break;
            case 6:
                Alias();
                break;
            case 7 or 8:
                Wait();
                break;
            case 9:
                Begin();
                break;
            case 10:
                LeaveOrThrow();
                break;
            case 11:
                Line($"if ({(_random.Next(2) == 0 ? Awaited() : Number(0))} > {Number(0)})");
                WriteBlock(2);
                if (_random.Next(2) == 0)
                {
                    Line("else");
                    WriteBlock(2);
                }

                break;
            case 12:
                Count();
                break;
            case 13 or 14 when !_body.IsPure && _random.Next(3) == 0 && Affords(1):
                Read();
                break;
            case 13 or 14:
                Enumerate();
                break;
            case 15 or 16:
                Try();
                break;
            case 17:
                Match();
                break;
            case 18:
                Function();
                break;
            default:
                Lambda();
                break;
        }
    }

    private Variable Declare(ProgramType type)
    {
        string name = NewName("v");
        Line($"{type.Name} {name} = {Fill(type.Make, null, awaits: 2)};");
        var variable = new Variable(type, name);
        _scope.Add(variable);
        return variable;
    }

    private void Change()
    {
        if (AnyVariable(static v => v.IsAssignable && v.Type.Changes.Length > 0) is { } variable)
        {
            Line(Fill(variable.Type.Changes[_random.Next(variable.Type.Changes.Length)], variable.Name, awaits: 2) + ";");
        }
    }

    private void Alias()
    {
        if (AnyVariable(static v => v.Type.IsReference) is not { } variable)
        {
            return;
        }

        if (_random.Next(2) == 0 && AnyVariable(v => v.Type == variable.Type && v != variable && v.IsAssignable) is { } other)
        {
            Line($"{other.Name} = {variable.Name};");
            return;
        }

        string name = NewName("v");
        bool passes = Affords(1) && _random.Next(3) == 0;
        Spend(passes ? 1 : 0);
        Line($"{variable.Type.Name} {name} = {(passes ? $"await Pass({variable.Name})" : variable.Name)};");
        _scope.Add(new Variable(variable.Type, name));
    }

    private void Wait()
    {
        if (!Affords(1))
        {
            return;
        }

        Spend(1);
        Line(_random.Next(6) switch
        {
            0 => "await Wire.MoveTo(Elsewhere);",
            1 => $"await Sleep({Number(1)});",
            2 => $"_ = {Awaited()};",
            3 => "await Wire.Yield();",
            _ => "await Hop();",
        });
    }

    /// <summary>Calls and methods that are begun, and awaited after others.</summary>
    private void Begin()
    {
        if (!Affords(3))
        {
            return;
        }

        Spend(3);
        var ends = new List<string>();
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            string name = NewName("t");
            Helper[] pure = [.. _helpers.Where(h => h.IsPure && Affords(h.Cost))];
            if (pure.Length > 0 && _random.Next(2) == 0)
            {
                Helper helper = pure[_random.Next(pure.Length)];
                Spend(helper.Cost);
                Line($"WireTask<{helper.Result.Name}> {name} = {helper.Name}({string.Join(", ", helper.Parameters.Select(OwnArgument))});");

                // Awaited once, however often its number names it.
                string result = NewName("r");
                ends.Add($"((await {name}) is var {result} ? {helper.Result.Number.Replace("$v", result, StringComparison.Ordinal)} : 0)");
            }
            else if (_body.IsPure || _random.Next(3) == 0)
            {
                Line($"WireTask<int> {name} = {(_random.Next(4) == 0 ? "Thrown" : "Number")}({Number(1)});");
                ends.Add($"(await {name})");
            }
            else
            {
                Line($"ValueTask<int> {name} = _other.{(_random.Next(5) switch { 0 => "Fail", 1 => "Add", _ => "Slow" })}({Number(1)});");
                ends.Add($"(await {name})");
            }
        }

        if (_random.Next(2) == 0)
        {
            Line("await Hop();");
        }

        string sum = NewName("v");
        Line($"int {sum} = {string.Join(" + ", ends)};");
        Line(_random.Next(2) == 0 ? "await Hop();" : $"{sum} += await Number({sum});");
        _scope.Add(new Variable(ProgramType.Int, sum));
    }

    private void LeaveOrThrow()
    {
        int kind = _random.Next(6);
        if (kind == 0 && _body.MayLeave)
        {
            Line($"if ({Number(0)} > 12) return {ResultOf(_body.Result)};");
        }
        else if (kind == 1 && _body is { IsInLoop: true, MayLeave: true })
        {
            Line($"if ({Number(0)} > 6) {(_random.Next(2) == 0 ? "break" : "continue")};");
        }
        else if (kind == 2 && _body.IsInCatch)
        {
            Line($"if ({Number(0)} > 4) throw;");
        }
        else if (kind == 3 && Affords(1))
        {
            Spend(1);
            Line($"if ({Number(0)} > 5) await Thrown({Number(0)});");
        }
        else if (kind == 4)
        {
            Line($"if ({Number(0)} > 8) throw new {(_random.Next(2) == 0 ? "Failure" : "InvalidOperationException")}(\"{NewName("thrown")}\");");
        }
        else
        {
            Change();
        }
    }

    /// <summary>A parameter of a function is used, and a function that is called before its end does not.</summary>
    private void Function()
    {
        string name = NewName("L");
        ProgramType result = _random.Next(2) == 0 ? ProgramType.Int : AnyType();
        var parameter = new Variable(AnyType(), NewName("p"));
        Line($"async WireTask<{result.Name}> {name}({parameter.Type.Name} {parameter.Name})");
        int cost = WriteInner(result, parameter);
        _body.Functions.Add(new Helper(name, [parameter.Type], result, cost, IsPure: false));
        if (Affords(cost))
        {
            Spend(cost);
            Helper function = _body.Functions[^1];
            Line($"_ = await {Call(function)};");
        }
    }

    private void Lambda()
    {
        if (!Affords(HelperCost))
        {
            return;
        }

        var parameter = new Variable(ProgramType.Int, NewName("p"));
        string result = NewName("v");

        // No variable holds the delegate, which could not travel.
        Line($"int {result} = await ((Func<int, WireTask<int>>)(async {parameter.Name} =>");
        int cost = WriteInner(ProgramType.Int, parameter);
        Line($"))({Number(0)});");
        Spend(cost);
        _scope.Add(new Variable(ProgramType.Int, result));
    }

    /// <summary>The body of a function inside of the method: it shares the variables.</summary>
    private int WriteInner(ProgramType result, Variable parameter)
    {
        Body outer = _body;
        int scope = _scope.Count;
        _body = new Body { IsPure = outer.IsPure, Result = result, Limit = 4, Size = 4, Depth = outer.Depth + 1, Functions = [.. outer.Functions] };
        _scope.Add(parameter);
        WriteBody(_random.Next(1, 4), reports: !outer.IsPure);
        int cost = Math.Max(1, _body.Cost);
        _body = outer;
        Leave(scope);
        return cost;
    }
}
