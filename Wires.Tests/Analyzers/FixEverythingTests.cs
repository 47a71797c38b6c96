using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Generators;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

/// <summary>"Fix all" over a file full of mistakes, until no rule speaks. What is left compiles with the generator, and does what the file was written for.</summary>
public sealed class FixEverythingTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> All = [.. Instances<DiagnosticAnalyzer>(typeof(WireRule).Assembly)];

    private static readonly ImmutableArray<CodeFixProvider> Fixes = [.. Instances<CodeFixProvider>(typeof(WireFix).Assembly)];

    [Fact]
    public async Task MistakesAreFixedUntilNoneIsLeftAndTheCodeWorks()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string source = await File.ReadAllTextAsync(Repository.PathOf("Wires.Tests", "Analyzers", "Mistakes", "Bank.cs"), cancellation);
        Document document = await TestProject.Create(source);
        ImmutableArray<Diagnostic> found = await TestProject.Analyze(document, All);
        Assert.InRange(found.Select(static d => d.Id).Distinct().Count(), 8, int.MaxValue);

        var rounds = new List<string>();
        while (!found.IsEmpty)
        {
            rounds.Add(string.Join(' ', found.Select(static d => d.Id)));
            Assert.True(rounds.Count < 50 && await FixNext(document, found) is { } changed && (document = changed) is not null,
                $"After {string.Join(" | ", rounds)} no fix helps:\n{await document.GetTextAsync(cancellation)}\n{string.Join('\n', found)}");
            found = await TestProject.Analyze(document, All);
        }

        string text = (await document.GetTextAsync(cancellation)).ToString();
        await Runs(Load(await Generated(document), text));
    }

    // One batch: the first id for which a fix has something to offer.
    private static async Task<Document?> FixNext(Document document, ImmutableArray<Diagnostic> found)
    {
        foreach (IGrouping<string, Diagnostic> group in found.GroupBy(static d => d.Id).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            if (Fixes.FirstOrDefault(f => f.FixableDiagnosticIds.Contains(group.Key)) is not { } fix)
            {
                continue;
            }

            CodeAction? first = null;
            foreach (Diagnostic diagnostic in group)
            {
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (a, _) => first ??= a, CancellationToken.None));
            }

            if (first is null)
            {
                continue;
            }

            var context = new FixAllContext(document, fix, FixAllScope.Document, first.EquivalenceKey, [group.Key], new Given([.. group]), CancellationToken.None);
            CodeAction? all = await fix.GetFixAllProvider()!.GetFixAsync(context);
            ImmutableArray<CodeActionOperation> operations = await all!.GetOperationsAsync(CancellationToken.None);
            Document changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
            if ((await changed.GetTextAsync()).ToString() != (await document.GetTextAsync()).ToString())
            {
                return await TestProject.WithRefs(changed);
            }
        }

        return null;
    }

    private static async Task<Compilation> Generated(Document document)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        compilation = compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(static t => Path.GetFileName(t.FilePath) == "Refs.g.cs"));
        CSharpGeneratorDriver.Create([new WireGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.Preview))
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return output;
    }

    private static Assembly Load(Compilation compilation, string text)
    {
        using var stream = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)) + "\n" + text);
        return Assembly.Load(stream.ToArray());
    }

    // The refs are known here by name only.
    private static async Task Runs(Assembly assembly)
    {
        await using ServiceProvider services = new ServiceCollection().AddLogging().AddWires().BuildServiceProvider();
        IWires wires = services.GetRequiredService<IWires>();
        Type accountRef = assembly.GetType("Mistakes.AccountRef", throwOnError: true)!;
        Type tellerRef = assembly.GetType("Mistakes.TellerRef", throwOnError: true)!;
        object alice = Get("alice", accountRef), bob = Get("bob", accountRef), teller = Get("desk", tellerRef);

        await Call(alice, "Put", 100m);
        Assert.Equal(true, await Call(alice, "Transfer", bob, 30m));
        Assert.Equal(false, await Call(alice, "Transfer", bob, 1000m));
        Assert.Equal(70m, await Call(alice, "Balance"));
        Assert.Equal(30m, await Call(bob, "Balance"));
        Assert.Equal(1, await Call(alice, "Transfers"));
        await Call(alice, "Wait");
        Assert.Equal(3, await Call(teller, "Serve", bob, 3));
        Assert.Equal(31m, await Call(bob, "Balance"));
        await Call(teller, "Close");

        object Get(string key, Type type) =>
            typeof(IWires).GetMethod(nameof(IWires.Get), [typeof(string)])!.MakeGenericMethod(type).Invoke(wires, [key])!;

        static async Task<object?> Call(object target, string method, params object[] arguments)
        {
            object answer = target.GetType().GetMethod(method)!.Invoke(target, arguments)!;
            var task = (Task)answer.GetType().GetMethod("AsTask")!.Invoke(answer, null)!;
            await task;
            return task.GetType().GetProperty("Result")?.GetValue(task);
        }
    }

    private static IEnumerable<T> Instances<T>(Assembly assembly) =>
        assembly.GetTypes().Where(static t => !t.IsAbstract && typeof(T).IsAssignableFrom(t)).OrderBy(static t => t.Name, StringComparer.Ordinal).Select(static t => (T)Activator.CreateInstance(t)!);

    private sealed class Given(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(diagnostics.Where(d => Path.GetFileName(d.Location.SourceTree?.FilePath) == document.Name));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
