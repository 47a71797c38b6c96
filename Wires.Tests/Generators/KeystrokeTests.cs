using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Generators;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>Measures what a keystroke costs. Prints, and asserts nothing: run it by hand, on a quiet machine.</summary>
public sealed class KeystrokeTests(ITestOutputHelper output)
{
    private const int Wires = 1000;
    private const int Others = 5000;
    private const int WarmUp = 20;
    private const int Keystrokes = 60;

    [Fact(Explicit = true)]
    public void InTheBodyOfAMethod() => Measure("body", "_balance += amount;", static i => $"_balance += amount + {i};");

    [Fact(Explicit = true)]
    public void InADeclaration() => Measure("declaration", "void Deposit(int amount)", static i => $"void Deposit{i}(int amount)");

    private void Measure(string name, string from, Func<string, string> to)
    {
        var options = GeneratorHarness.ParseOptions();
        var other = Enumerable.Range(0, Others).Select(static i => $$"""
            namespace Shop.Other{{i % 10}};
            public class Entity{{i}} : Base{{i % 10}} { public List<int> Items { get; } = []; public int Value() => Items.Count + new Dictionary<string, int>().Count; }
            {{(i < 10 ? $"public class Base{i};" : "")}}
            """);
        var compilation = GeneratorHarness.Compile(options, [.. ManyWires.Sources(Wires), .. other]);
        var tree = compilation.SyntaxTrees.Single(static t => t.FilePath == "File500.cs");
        var text = tree.ToString();

        // No tracking of steps: an editor does none.
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new WireGenerator().AsSourceGenerator()], parseOptions: options);
        var cold = Stopwatch.StartNew();
        driver = driver.RunGenerators(compilation);
        cold.Stop();

        var times = new List<double>();
        var processor = TimeSpan.Zero;
        for (var i = 0; i < WarmUp + Keystrokes; i++)
        {
            var changed = tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(text.Replace(from, to(i.ToString(CultureInfo.InvariantCulture)), StringComparison.Ordinal)));
            compilation = compilation.ReplaceSyntaxTree(tree, changed);
            tree = changed;
            var before = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            driver = driver.RunGenerators(compilation);
            if (i >= WarmUp)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
                processor += Environment.CpuUsage.TotalTime - before;
            }
        }

        times.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Wires} wire classes, {Others} others; first run {cold.ElapsedMilliseconds} ms; keystroke median {times[times.Count / 2]:F1} ms, min {times[0]:F1}, max {times[^1]:F1}; processor time {processor.TotalMilliseconds / Keystrokes:F1} ms"));
        Assert.Equal(Wires + 1, driver.GetRunResult().GeneratedTrees.Length);
    }
}
