namespace Wires.Tests.Migration.RandomPrograms;

internal sealed partial class ProgramWriter
{
    private void Count()
    {
        int times = _random.Next(2, 4);
        string name = NewName("i");
        switch (_random.Next(3))
        {
            case 0:
                Line($"for (int {name} = 0; {name} < {times}; {name}++)");
                Loop(times, new Variable(ProgramType.Int, name, IsAssignable: false));
                break;
            case 1:
                Line($"int {name} = 0;");
                Line($"while ({name}++ < {times})");
                Loop(times, new Variable(ProgramType.Int, name, IsAssignable: false));
                break;
            default:
                Line($"int {name} = {times};");
                Line("do");
                Loop(times, new Variable(ProgramType.Int, name, IsAssignable: false));
                Line($"while (--{name} > 0{(Affords(times) ? $" && await Number({name}) > 0" : "")});");
                _body.Cost += times;
                break;
        }
    }

    private void Enumerate()
    {
        ProgramType[] all = [.. ProgramType.All.Where(static type => type.Loop is not null)];
        ProgramType type = all[_random.Next(all.Length)];

        // Only the loop knows it: nobody changes what is enumerated.
        Variable collection = Declare(type);
        _scope.Remove(collection);
        (string element, string number, string view) = type.Loop!.Value;
        string item = NewName("e");
        string key = NewName("k");
        element = element.Contains("$e", StringComparison.Ordinal) ? element.Replace("$e", item, StringComparison.Ordinal).Replace("$k", key, StringComparison.Ordinal) : $"{element} {item}";
        Line($"foreach ({element} in {collection.Name}{view})");
        number = $"({number.Replace("$e", item, StringComparison.Ordinal).Replace("$k", key, StringComparison.Ordinal)})";
        Loop(2, new Variable(new ProgramType("int", "$i", number), number, IsAssignable: false));
    }

    /// <summary>A loop over a stream of the other wire.</summary>
    private void Read()
    {
        int times = _random.Next(2, 5);
        string item = NewName("e");
        string how = _random.Next(3) switch { 0 => ".ConfigureAwait(false)", 1 => ".WithCancellation(CancellationToken.None)", _ => "" };
        Line($"await foreach (int {item} in _other.Numbers({Number(1)}, {times}){how})");
        Spend(1);
        Loop(times, new Variable(ProgramType.Int, item, IsAssignable: false));
    }

    private void Loop(int times, Variable item)
    {
        (int outerTimes, bool wasInLoop, bool mayLeave) = (_body.Times, _body.IsInLoop, _body.MayLeave);
        bool wasInCatch = _body.IsInCatch;
        _body.Times *= times;
        _body.IsInLoop = true;
        int scope = _scope.Count;
        _scope.Add(item);
        WriteBlock(_random.Next(1, 4));
        Leave(scope);
        (_body.Times, _body.IsInLoop, _body.MayLeave, _body.IsInCatch) = (outerTimes, wasInLoop, mayLeave, wasInCatch);
    }

    private void Try()
    {
        (bool wasInCatch, bool mayLeave) = (_body.IsInCatch, _body.MayLeave);
        bool hasFinally = _random.Next(2) == 0;
        Line("try");
        WriteBlock(_random.Next(1, 4), Thrower());
        if (!hasFinally || _random.Next(3) > 0)
        {
            string caught = NewName("x");
            string type = _random.Next(4) switch { 0 => "Failure", 1 => "InvalidOperationException", _ => "Exception" };
            Line($"catch ({type} {caught}){(_random.Next(3) == 0 ? $" when ({caught}.Message.Length > {_random.Next(9)})" : "")}");
            _body.IsInCatch = true;
            WriteBlock(_random.Next(1, 3), _body.IsPure ? $"_ = {caught}.Message;" : $"Log(Shown.Of({caught}));", _random.Next(5) switch
            {
                0 => "throw;",
                1 => $"throw new Failure(\"{NewName("again")}\", {caught});",
                2 when Affords(1) => $"await Hop(); {(_body.IsPure ? "_ = " + caught + ".Message;" : $"Log(\"caught \" + Shown.Of({caught}));")}",
                _ => "",
            });
            _body.IsInCatch = wasInCatch;
        }

        if (hasFinally)
        {
            Line("finally");
            (_body.MayLeave, _body.IsInCatch) = (false, false);
            WriteBlock(_random.Next(1, 3), Affords(1) ? "await Hop();" : "");
            (_body.MayLeave, _body.IsInCatch) = (mayLeave, wasInCatch);
        }
    }

    private string Thrower() => _random.Next(4) switch
    {
        0 => $"if ({Number(0)} > 3) throw new Failure(\"{NewName("thrown")}\");",
        1 when Affords(1) => $"if ({Number(0)} > 1) await Thrown({Number(0)});",
        2 when Affords(1) && !_body.IsPure => $"if ({Number(0)} > 1) await _other.Fail({Number(0)});",
        _ => "",
    };

    /// <summary>A block that begins and ends with given statements.</summary>
    private void WriteBlock(int statements, string first, string last = "")
    {
        Line("{");
        _indent++;
        if (first.Contains("await", StringComparison.Ordinal))
        {
            Spend(1);
        }

        if (first.Length > 0 && _random.Next(2) == 0)
        {
            Line(first);
            first = "";
        }

        WriteBlock(statements);
        if (first.Length > 0)
        {
            Line(first);
        }

        if (last.Length > 0)
        {
            Spend(last.Contains("await", StringComparison.Ordinal) ? 1 : 0);
            Line(last);
        }

        _indent--;
        Line("}");
    }

    /// <summary>Patterns, whose variables are used after a wait.</summary>
    private void Match()
    {
        string a = NewName("m");
        string b = NewName("m");
        if (_random.Next(2) == 0 && AnyVariable(ProgramType.Item) is { } item)
        {
            Line($"if (await Pass({item.Name}) is {{ Amount: var {a}, Name: {{ Length: > 2 }} {b} }})");
            Spend(1);
            Pattern(new Variable(ProgramType.Int, a), new Variable(ProgramType.Text, b));
            return;
        }

        Line($"switch (({Number(0)}, {(Affords(1) ? Awaited() : Number(0))}))");
        Line("{");
        _indent++;
        Line($"case (int {a}, > 3 and var {b}):");
        Pattern(new Variable(ProgramType.Int, a), new Variable(ProgramType.Int, b));
        Line("break;");
        string c = NewName("m");
        Line($"case (_, int {c}) when {c} > 0:");
        Pattern(new Variable(ProgramType.Int, c));
        Line("break;");
        Line("default:");
        Pattern();
        Line("break;");
        _indent--;
        Line("}");
    }

    private void Pattern(params Variable[] variables)
    {
        int scope = _scope.Count;
        bool wasInLoop = _body.IsInLoop;

        // A break would leave the switch.
        _body.IsInLoop = false;
        _scope.AddRange(variables);
        WriteBlock(2, Affords(1) ? "await Hop();" : "");
        Leave(scope);
        _body.IsInLoop = wasInLoop;
    }
}
