using System.Globalization;
using System.Text;

namespace Wires.Tests.Migration.RandomPrograms;

/// <summary>Writes the method of one random program, and the methods that it calls. The same seed gives the same program.</summary>
/// <remarks>
/// Programs always end and never depend on time: loops are short, what is estimated to be waited for is bounded, and methods that run beside others touch nothing but their own
/// variables.
/// </remarks>
internal sealed partial class ProgramWriter(int seed)
{
    private const int ProgramCost = 36;
    private const int HelperCost = 6;

    /// <summary>Statements of one method, those of its blocks included.</summary>
    private const int ProgramSize = 26;
    private const int HelperSize = 7;

    private readonly Random _random = new(seed);
    private readonly StringBuilder _code = new();
    private readonly List<Helper> _helpers = [];
    private List<Variable> _scope = [];
    private Body _body = new();
    private int _names;
    private int _indent;

    /// <summary>A variable that a program may use.</summary>
    private sealed record Variable(ProgramType Type, string Name, bool IsAssignable = true);

    /// <summary>A method, or a function inside of one, and how many waits it costs.</summary>
    private sealed record Helper(string Name, ProgramType[] Parameters, ProgramType Result, int Cost, bool IsPure);

    /// <summary>What is being written: a method, or a function inside of one.</summary>
    private sealed class Body
    {
        /// <summary>Runs beside others, so it may touch only what is its own.</summary>
        public bool IsPure { get; init; }

        public int Limit { get; init; } = HelperCost;

        /// <summary>Statements that may still come.</summary>
        public int Size { get; set; } = HelperSize;

        public ProgramType Result { get; init; } = ProgramType.Long;

        public List<Helper> Functions { get; init; } = [];

        /// <summary>Waits so far, as often as they are run.</summary>
        public int Cost { get; set; }

        /// <summary>How often what is being written runs.</summary>
        public int Times { get; set; } = 1;

        public int Depth { get; set; }

        public bool IsInLoop { get; set; }

        public bool IsInCatch { get; set; }

        public bool MayLeave { get; set; } = true;
    }

    /// <summary>The methods of the program; the one that begins it is <c>P{seed}</c> and returns a number.</summary>
    public string Write()
    {
        _indent = 1;
        for (int i = _random.Next(3); i > 0; i--)
        {
            WriteHelper();
        }

        _scope = [.. ProgramType.State.Select(static field => new Variable(field.Type, field.Name))];
        _body = new Body { Limit = ProgramCost, Size = ProgramSize };
        Line($"private async WireTask<long> P{Name(seed)}()");
        WriteBody(_random.Next(5, 13), reports: true);
        return _code.ToString();
    }

    /// <summary>A program's number in a name.</summary>
    public static string Name(int seed) => seed.ToString(CultureInfo.InvariantCulture).Replace('-', '_');

    private void WriteHelper()
    {
        bool isPure = _random.Next(3) == 0;
        ProgramType[] parameters = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => AnyType())];
        ProgramType result = _random.Next(2) == 0 ? ProgramType.Int : AnyType();
        string name = $"H{Name(seed)}_{++_names}";
        _scope = isPure ? [] : [.. ProgramType.State.Select(static field => new Variable(field.Type, field.Name))];
        _body = new Body { IsPure = isPure, Result = result };
        var own = parameters.Select(type => new Variable(type, NewName("p"))).ToList();
        _scope.AddRange(own);
        Line($"private async WireTask<{result.Name}> {name}({string.Join(", ", own.Select(static p => $"{p.Type.Name} {p.Name}"))})");
        WriteBody(_random.Next(2, 6), reports: !isPure);
        _helpers.Add(new Helper(name, parameters, result, Math.Max(1, _body.Cost), isPure));
    }

    /// <summary>Statements, what all variables hold then, and a result.</summary>
    private void WriteBody(int statements, bool reports)
    {
        int outer = _scope.Count;
        Line("{");
        _indent++;
        if (_body.Limit == ProgramCost || _random.Next(2) == 0)
        {
            Line("await Hop();");
            Spend(1);
        }

        WriteStatements(statements);
        if (reports)
        {
            Report();
        }

        Line($"return {ResultOf(_body.Result)};");
        _indent--;
        Line("}");
        Leave(outer);
    }

    private void WriteBlock(int statements)
    {
        int outer = _scope.Count;
        int functions = _body.Functions.Count;
        Line("{");
        _indent++;
        _body.Depth++;
        WriteStatements(statements);
        if (!_body.IsPure && _random.Next(2) == 0)
        {
            Report(outer);
        }

        _body.Depth--;
        _indent--;
        Line("}");
        Leave(outer);
        _body.Functions.RemoveRange(functions, _body.Functions.Count - functions);
    }

    private void WriteStatements(int count)
    {
        for (int i = 0; i < count && _body.Size > 0; i++)
        {
            _body.Size--;
            WriteStatement();
        }
    }

    /// <summary>Logs what the variables hold, and which of them are one object.</summary>
    private void Report(int from = 0)
    {
        var own = _scope.Skip(from).Where(static v => !v.Name.StartsWith('_')).ToList();
        if (own.Count == 0)
        {
            return;
        }

        Line($"Log(\"{NewName("at")} \" + {string.Join(" + \" \" + ", own.Select(static v => $"Shown.Of({v.Name})"))});");
        var pairs = own.SelectMany(a => _scope.Where(b => a != b && a.Type == b.Type && a.Type.IsReference).Select(b => $"ReferenceEquals({a.Name}, {b.Name})")).Take(12).ToList();
        if (pairs.Count > 0)
        {
            Line($"Log(\"same \" + {string.Join(" + \" \" + ", pairs)});");
        }
    }

    private void Leave(int outer) => _scope.RemoveRange(outer, _scope.Count - outer);

    private string ResultOf(ProgramType type)
    {
        if (type == ProgramType.Long)
        {
            return $"{Number(0)} * 31L + {Number(0)}";
        }

        return AnyVariable(type) is { } variable && _random.Next(3) > 0 ? variable.Name : type == ProgramType.Int ? Number(0) : Fill(type.Make, null, awaits: 1);
    }

    private ProgramType AnyType() => ProgramType.All[_random.Next(ProgramType.All.Length)];

    private Variable? AnyVariable(ProgramType type)
    {
        var all = _scope.Where(v => v.Type == type).ToList();
        return all.Count == 0 ? null : all[_random.Next(all.Count)];
    }

    private Variable? AnyVariable(Func<Variable, bool> which)
    {
        var all = _scope.Where(which).ToList();
        return all.Count == 0 ? null : all[_random.Next(all.Count)];
    }

    private string NewName(string prefix) => $"{prefix}{(++_names).ToString(CultureInfo.InvariantCulture)}";

    private bool Affords(int cost) => _body.Cost + (cost * _body.Times) <= _body.Limit;

    private void Spend(int cost) => _body.Cost += cost * _body.Times;

    private void Line(string text) => _code.Append(' ', _indent * 4).AppendLine(text);
}
