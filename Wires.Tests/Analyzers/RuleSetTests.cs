using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

/// <summary>A rule ships whole: these hold its parts together.</summary>
public sealed class RuleSetTests
{
    private static readonly string[] PageSections = ["## Cause", "## Violation", "## Fix", "## What it does not flag", "## Configuration"];

    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
        [.. Concrete<DiagnosticAnalyzer>(typeof(WireRule).Assembly).Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    private static readonly ImmutableArray<CodeFixProvider> Fixes =
        [.. Concrete<CodeFixProvider>(typeof(WireFix).Assembly).Select(t => (CodeFixProvider)Activator.CreateInstance(t)!)];

    public static TheoryData<string> Ids { get; } =
        [.. typeof(RuleIds).GetFields().Select(f => (string)f.GetRawConstantValue()!)];

    [Theory, MemberData(nameof(Ids))]
    public void EachIdHasOneAnalyzer(string id)
    {
        DiagnosticAnalyzer analyzer = Assert.Single(All, a => a.SupportedDiagnostics.Any(d => d.Id == id));
        Assert.NotNull(analyzer.GetType().GetCustomAttribute<DiagnosticAnalyzerAttribute>());
        Assert.All(analyzer.SupportedDiagnostics, rule =>
        {
            Assert.Equal(id, rule.Id);
            Assert.Equal($"docs/rules/{id}.md", rule.HelpLinkUri);
            Assert.StartsWith("Wires.", rule.Category, StringComparison.Ordinal);
        });
    }

    [Theory, MemberData(nameof(Ids))]
    public void EachIdHasAPageWithEverySection(string id)
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "rules", id + ".md"));
        Assert.StartsWith($"# {id}: ", page, StringComparison.Ordinal);
        int at = 0;
        foreach (string section in PageSections)
        {
            at = page.IndexOf(section, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{id}.md lacks the section '{section}', or has it out of order.");
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void EachIdHasAReleaseLineThatAgreesWithItsDescriptor(string id)
    {
        string folder = Path.Combine(Root(), "Wires.Analyzers");
        string line = Assert.Single(
            File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Shipped.md")).Concat(File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Unshipped.md"))),
            l => l.StartsWith(id + " ", StringComparison.Ordinal));
        DiagnosticDescriptor rule = All.SelectMany(a => a.SupportedDiagnostics).First(d => d.Id == id);
        Assert.Equal([id, rule.Category, rule.DefaultSeverity.ToString()], line.Split('|', StringSplitOptions.TrimEntries)[..3]);
    }

    [Theory, MemberData(nameof(Ids))]
    public void EachIdHasPositiveAndNegativeTestsAndItsFixHasABatchTest(string id)
    {
        Type analyzer = All.First(a => a.SupportedDiagnostics.Any(d => d.Id == id)).GetType();
        Type tests = Assert.Single(
            typeof(RuleSetTests).Assembly.GetTypes(),
            t => !t.IsAbstract && Bases(t).Any(b => b.IsGenericType && b.GetGenericTypeDefinition() == typeof(RuleTests<>) && b.GenericTypeArguments[0] == analyzer));
        Demand("Finds");
        Demand("LeavesAlone");

        CodeFixProvider? fix = Fixes.SingleOrDefault(f => f.FixableDiagnosticIds.Contains(id));
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "rules", id + ".md"));
        Assert.Equal(fix is not null, page.Contains("A code fix ", StringComparison.Ordinal));
        if (fix is not null)
        {
            Assert.True(tests.BaseType!.GenericTypeArguments.Contains(fix.GetType()), $"{tests.Name} does not test {fix.GetType().Name}.");
            Assert.NotNull(fix.GetFixAllProvider());
            Assert.NotNull(fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>());
            Demand("Fixes");
            Demand("FixesAll");
        }

        void Demand(string prefix) => Assert.Contains(
            tests.GetMethods(),
            m => m.Name.StartsWith(prefix, StringComparison.Ordinal) && m.GetCustomAttributes().Any(a => a is FactAttribute));
    }

    [Fact]
    public void EachFixIsForAnIdOfTheTable() =>
        Assert.All(Fixes.SelectMany(f => f.FixableDiagnosticIds), id => Assert.Contains(id, Ids.Select(row => row.Data)));

    [Theory]
    [InlineData("using System; class C { [Obsolete] void M() => lock1(); void lock1() { } }")]
    [InlineData("using Wires; class C { public object Key = new WireKey(1); }")]
    public async Task NothingIsRegisteredWhereNothingUsesWires(string source)
    {
        Document document = await TestProject.Create(source);
        await CountsActions(document, expected: 0);
    }

    [Fact]
    public async Task NothingIsRegisteredWithoutTheRuntime()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Plain", [CSharpSyntaxTree.ParseText("class WireAttribute : System.Attribute; [Wire] class C;", cancellationToken: TestContext.Current.CancellationToken)], TestProject.References.Where(r => r != TestProject.Runtime));
        await CountsActions(compilation, expected: 0);
    }

    [Theory]
    [InlineData("[Wire] public partial class C;")]
    [InlineData("namespace N { [global::Wires.WireAttribute] public partial class C; }")]
    [InlineData("using W = Wires.WireAttribute; [W] public partial class C;")]
    public async Task EveryRuleRegistersWhereAWireClassIsDeclared(string source)
    {
        Document document = await TestProject.Create(source, additionalFiles: (WireContracts.FileName, ""));
        await CountsActions(document, expected: 1);
    }

    /// <summary>
    /// The driver puts such actions together anew for each symbol of the compilation, or binds or prepares every body for them, whether the rule
    /// then looks at it or not: most of the code of a solution is none of our business, and pays all the same.
    /// </summary>
    [Fact]
    public async Task NoRuleMakesTheCompilerWorkForCodeThatIsNoWires()
    {
        Document document = await TestProject.Create("[Wire] public partial class C;", additionalFiles: (WireContracts.FileName, ""));
        CompilationWithAnalyzers run = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!.WithAnalyzers(All, document.Project.AnalyzerOptions);
        await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        foreach (DiagnosticAnalyzer analyzer in All)
        {
            Microsoft.CodeAnalysis.Diagnostics.Telemetry.AnalyzerTelemetryInfo actions = await run.GetAnalyzerTelemetryInfoAsync(analyzer, TestContext.Current.CancellationToken);
            int dear = actions.SymbolStartActionsCount + actions.OperationActionsCount + actions.OperationBlockActionsCount + actions.OperationBlockStartActionsCount
                + actions.SyntaxNodeActionsCount + actions.CodeBlockActionsCount + actions.CodeBlockStartActionsCount;
            Assert.True(dear == 0, $"{analyzer.GetType().Name} registers {dear} actions that cost every symbol or body of the compilation; see WireCode and RefMentions.");
        }
    }

    private static async Task CountsActions(Document document, int expected) =>
        await CountsActions((await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!, expected, document.Project.AnalyzerOptions);

    private static async Task CountsActions(Compilation compilation, int expected, AnalyzerOptions? options = null)
    {
        CompilationWithAnalyzers run = compilation.WithAnalyzers(All, options);
        await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        foreach (DiagnosticAnalyzer analyzer in All)
        {
            Microsoft.CodeAnalysis.Diagnostics.Telemetry.AnalyzerTelemetryInfo actions = await run.GetAnalyzerTelemetryInfoAsync(analyzer, TestContext.Current.CancellationToken);
            int count = actions.CompilationActionsCount + actions.CompilationEndActionsCount + actions.SymbolActionsCount + actions.SymbolStartActionsCount
                + actions.OperationActionsCount + actions.OperationBlockActionsCount + actions.OperationBlockStartActionsCount
                + actions.SyntaxNodeActionsCount + actions.SyntaxTreeActionsCount + actions.SemanticModelActionsCount + actions.CodeBlockActionsCount;
            Assert.True(expected == 0 ? count == 0 : count > 0, $"{analyzer.GetType().Name} registered {count} actions.");
        }
    }

    private static IEnumerable<Type> Concrete<T>(Assembly assembly) => assembly.GetTypes().Where(t => !t.IsAbstract && typeof(T).IsAssignableFrom(t));

    private static IEnumerable<Type> Bases(Type type)
    {
        for (Type? b = type.BaseType; b is not null; b = b.BaseType)
        {
            yield return b;
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
