using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Wires.Generators;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>An edit re-runs what it concerns and nothing else, and nothing of a compilation outlives its run.</summary>
public sealed class IncrementalTests
{
    private const string Account = """
        namespace N;
        [Wire] public partial class Account
        {
            private int _balance;
            private CacheRef<int> _cache;
            public int Balance() { return _balance; }
            public async WireTask Move(AccountRef to, List<int> how) { _cache = default; await to.Balance(); }
        }
        """;

    private const string Others = """
        namespace N;
        [Wire] public partial class Cache<T> { private T? _last; public T? Get(T? value) => _last = value; }
        [Wire] public partial class Bank { private readonly List<AccountRef> _accounts = []; public void Open(AccountRef account, Terms terms) { _accounts.Add(account); } }
        public class Terms { public int Years { get; set; } }
        [Home] public interface IVault { ValueTask Open(Terms terms); }
        public class BankException(string message) : Exception(message);
        """;

    private const string Unrelated = """
        namespace N;
        public static class Unrelated { public static int Value() { return 1; } }
        """;

    private static readonly IncrementalStepRunReason[] Done = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    [Theory]
    [InlineData("another file", 2, "return 1;", "return 2;")]
    [InlineData("another file's declarations", 2, "Value()", "Another(int x)")]
    [InlineData("the body of a method", 0, "return _balance;", "var x = _balance; return x;")]
    [InlineData("a comment", 0, "{ return _balance; }", "/* what is left */ { return _balance; } // so much")]
    [InlineData("white space", 0, "private int", "\n\n    private   int")]
    [InlineData("the order of members", 0, "private int _balance;\n    private CacheRef<int> _cache;", "private CacheRef<int> _cache;\n    private int _balance;")]
    public void AnEditThatChangesNothingIsCachedInEveryStep(string edit, int file, string from, string to)
    {
        var steps = RunTwice(file, from, to, out _);
        Assert.All(TrackingNames.All, name => Assert.True(steps.ContainsKey(name), $"{name} did not run"));
        Assert.All(steps, step => Assert.All(step.Value, reason => Assert.True(Done.Contains(reason), $"{step.Key} is {reason} after an edit of {edit}")));
    }

    [Fact]
    public void NoOutputIsWrittenAgainAfterAnEditThatChangesNothing()
    {
        RunTwice(0, "return _balance;", "return _balance + 1;", out var result);
        Assert.All(result.TrackedOutputSteps, step => Assert.All(step.Value, run => Assert.All(run.Outputs, output => Assert.Contains(output.Reason, Done))));
    }

    [Fact]
    public void AnEditOfOneClassRunsItsOwnStepsOnly()
    {
        var steps = RunTwice(0, "Balance()", "Balance(int x)", out _);
        foreach (var name in new[] { TrackingNames.Wires, TrackingNames.NamedWires })
        {
            Assert.Equal(1, steps[name].Count(static reason => reason == IncrementalStepRunReason.Modified));
            Assert.Equal(2, steps[name].Count(static reason => Done.Contains(reason)));
        }

        // The compilation as a whole registers what it did before.
        foreach (var name in new[] { TrackingNames.HintNames, TrackingNames.ClashingHintNames, TrackingNames.Registrations, TrackingNames.ClosedWires, TrackingNames.Exceptions, TrackingNames.FormatterPlan, TrackingNames.FormatterRegistrations, TrackingNames.References, TrackingNames.Module })
        {
            Assert.All(steps[name], reason => Assert.Contains(reason, Done));
        }
    }

    [Fact]
    public void OfAThousandClassesTheEditedOneIsWrittenAgain()
    {
        var options = GeneratorHarness.ParseOptions();
        var compilation = GeneratorHarness.Compile(options, ManyWires.Sources(1000));
        var driver = GeneratorHarness.Driver(options).RunGenerators(compilation, TestContext.Current.CancellationToken);
        driver = driver.RunGenerators(Edit(compilation, 500, "int amount", "long amount"), TestContext.Current.CancellationToken);
        var result = driver.GetRunResult().Results.Single();
        Assert.Equal(1001, result.GeneratedSources.Length);
        Assert.Equal(1, Count(result.TrackedSteps[TrackingNames.Wires], IncrementalStepRunReason.Modified));
        Assert.Equal(1, Count(result.TrackedSteps[TrackingNames.NamedWires], IncrementalStepRunReason.Modified));
        Assert.Equal(1, Count(result.TrackedOutputSteps.SelectMany(static step => step.Value), IncrementalStepRunReason.Modified));

        static int Count(IEnumerable<IncrementalGeneratorRunStep> steps, IncrementalStepRunReason reason) =>
            steps.Sum(step => step.Outputs.Count(output => output.Reason == reason));
    }

    [Fact]
    public void ModelsHoldNothingOfACompilation()
    {
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (name, steps) in FirstRun().TrackedSteps.Where(static step => TrackingNames.All.Contains(step.Key)))
        {
            foreach (var output in steps.SelectMany(static step => step.Outputs))
            {
                Walk(output.Value, name, visited);
            }
        }

        Assert.True(visited.Count > 20);
    }

    [Fact]
    public void ACompilationIsCollectedOnceTheNextHasRun()
    {
        var options = GeneratorHarness.ParseOptions();
        var (driver, first) = RunAndForget(options);
        for (var i = 0; i < 10 && first.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(first.IsAlive);
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference First) RunAndForget(CSharpParseOptions options)
    {
        var compilation = GeneratorHarness.Compile(options, [Account, Others, Unrelated]);
        var driver = GeneratorHarness.Driver(options).RunGenerators(compilation);
        return (driver.RunGenerators(Edit(compilation, 2, "1", "2")), new WeakReference(compilation));
    }

    private static void Walk(object? value, string step, HashSet<object> visited)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || (!value.GetType().IsValueType && !visited.Add(value)))
        {
            return;
        }

        Assert.False(value is Compilation or ISymbol or SyntaxNode or SyntaxTree or Location or SyntaxReference or SemanticModel or Diagnostic, $"{step} holds a {value.GetType()}");
        if (value is System.Collections.IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, step, visited);
            }

            return;
        }

        foreach (var field in value.GetType().GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
        {
            Walk(field.GetValue(value), step, visited);
        }
    }

    private static GeneratorRunResult FirstRun()
    {
        var options = GeneratorHarness.ParseOptions();
        var driver = GeneratorHarness.Driver(options).RunGenerators(GeneratorHarness.Compile(options, [Account, Others, Unrelated]));
        return driver.GetRunResult().Results.Single();
    }

    private static Dictionary<string, List<IncrementalStepRunReason>> RunTwice(int file, string from, string to, out GeneratorRunResult result)
    {
        var options = GeneratorHarness.ParseOptions();
        var compilation = GeneratorHarness.Compile(options, [Account, Others, Unrelated]);
        var driver = GeneratorHarness.Driver(options).RunGenerators(compilation).RunGenerators(Edit(compilation, file, from, to));
        result = driver.GetRunResult().Results.Single();
        return result.TrackedSteps
            .Where(static step => TrackingNames.All.Contains(step.Key))
            .ToDictionary(static step => step.Key, static step => step.Value.SelectMany(static run => run.Outputs).Select(static output => output.Reason).ToList(), StringComparer.Ordinal);
    }

    // As an editor does it: the tree is parsed again around the change.
    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string from, string to)
    {
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == $"File{file}.cs");
        var text = tree.GetText();
        var start = text.ToString().IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, $"No \"{from}\"");
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(start, from.Length), to))));
    }
}
