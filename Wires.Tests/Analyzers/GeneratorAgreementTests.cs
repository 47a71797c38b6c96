using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Wires.Analyzers;
using Wires.Tests.Generators;
using Xunit;

namespace Wires.Tests.Analyzers;

/// <summary>The generator skips what it cannot do without a word, and the rules speak for it: both must mean the same.</summary>
public sealed partial class GeneratorAgreementTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
        [.. typeof(WireRule).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(t)).Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    [Theory]
    [InlineData("[Wire] public partial class A { public void M() { } public void M(int a, string? b, decimal c, nint d, object e) { } public void M(CancellationToken t) { } public void M(int x, CancellationToken t) { } }")]
    [InlineData("[Wire] public partial class A { public void M(int[] a, int[][,] b, int[,][] c, string?[]? d) { } public void M(int? a, (int, string) b, (int X, int Y)? c, List<Dictionary<string, int?>> d) { } }")]
    [InlineData("namespace N { public class Outer { public class Inner { public enum Kind { A } } } [Wire] public partial class A { public void M(Outer.Inner i, Outer.Inner.Kind k, List<Outer.Inner>? l) { } } }")]
    [InlineData("namespace N { [Wire] public partial class B; [Wire] public partial class A { public void M(BRef a, BRef? b, List<BRef> c) { } } }")]
    [InlineData("namespace N.@class { public record @record(int X); [Wire] public partial class A { public void M(@record r, System.Collections.Immutable.ImmutableArray<int> x, Guid g, TimeSpan t) { } } }")]
    public void AMessageHasOneIdentity(string source)
    {
        GeneratorResult result = GeneratorHarness.Run(source);
        var generated = result.Files.Values.SelectMany(static text => Identity().Matches(text)).Select(static m => (Signature: m.Groups[1].Value, Hash: m.Groups[2].Value)).ToHashSet();
        var ours = new HashSet<(string, string)>();
        WireCompilation wires = WireCompilation.Of(result.Compilation, TestContext.Current.CancellationToken)!;
        foreach (IMethodSymbol method in wires.WireClasses.SelectMany(static c => c.GetMembers()).OfType<IMethodSymbol>().Where(wires.IsMessage))
        {
            string signature = MethodIdentity.Signature(method);
            ours.Add((signature, MethodIdentity.Hash(signature).ToString("X16", CultureInfo.InvariantCulture)));
        }

        Assert.NotEmpty(ours);
        Assert.Equal(ours.Order(), generated.Order());
    }

    [Fact]
    public void AMessageOfAGenericWireHasOneIdentity() =>
        AMessageHasOneIdentity("public class Box<T>; [Wire] public partial class A<T, U> where T : notnull where U : notnull { public void M(T t, U u, Box<U> b, T[] ts) { } }");

    /// <summary>For callers <c>dynamic</c> is <c>object</c>, so to change one into the other breaks nobody. Both spell by one file, so what it spells is written out here.</summary>
    [Theory]
    [InlineData("dynamic x", "object")]
    [InlineData("dynamic? x", "object")]
    [InlineData("dynamic[] x", "object[]")]
    [InlineData("List<dynamic> x", "System.Collections.Generic.List<object>")]
    [InlineData("(dynamic A, int B) x", "(object,int)")]
    [InlineData("Dictionary<string, List<dynamic?>[]> x", "System.Collections.Generic.Dictionary<string,System.Collections.Generic.List<object>[]>")]
    public void ASignatureSpellsDynamicAsObject(string parameter, string spelled)
    {
        GeneratorResult result = GeneratorHarness.Run($$"""[Wire] public partial class A { public void M({{parameter}}) { } }""");
        Assert.Equal([$"M({spelled})"], result.Files.Values.SelectMany(static text => Identity().Matches(text)).Select(static m => m.Groups[1].Value).Distinct());
        IMethodSymbol method = result.Compilation.GetTypeByMetadataName("A")!.GetMembers("M").OfType<IMethodSymbol>().Single();
        Assert.Equal($"M({spelled})", MethodIdentity.Signature(method));
    }

    /// <summary>What is skipped is named by a rule: a class that gets no ref, or a method that the ref lacks.</summary>
    [Theory]
    [InlineData("[Wire] public class A { public void M() { } }", "WIRE4001")]
    [InlineData("[Wire] public static partial class A { }", "WIRE4001")]
    [InlineData("[Wire] public abstract partial class A { public void M() { } }", "WIRE4001")]
    [InlineData("[Wire] file partial class A { public void M() { } }", "WIRE4001")]
    [InlineData("public class Outer { [Wire] public partial class A { public void M() { } } }", "WIRE4001")]
    [InlineData("[Wire] public partial class A { private A(ref int x) { } public void M() { } }", "WIRE4001")]
    [InlineData("[Wire] public partial class A { public void M<T>(T t) { } }", "WIRE4002")]
    [InlineData("[Wire] public partial class A { public void M(ref int x) { } }", "WIRE4002")]
    [InlineData("[Wire] public partial class A { public void M(out int x) => x = 1; }", "WIRE4002")]
    [InlineData("[Wire] public partial class A { public unsafe void M(int* x) { } }", "WIRE4002")]
    [InlineData("[Wire] public partial class A { public void M(Span<int> x) { } }", "WIRE4002")]
    [InlineData("[Wire] public partial class A { public ReadOnlySpan<int> M() => default; }", "WIRE4002")]
    [InlineData("[Wire] public partial class A { private int _n; public ref int M() => ref _n; }", "WIRE4002")]
    [InlineData("[Wire] public partial class A { public void M(CancellationToken a, CancellationToken b) { } }", "WIRE4002")]
    [InlineData("[Wire] public partial class A { public void Id() { } }", "WIRE4003")]
    [InlineData("[Wire] public partial class A { public void WithTimeout(TimeSpan t) { } }", "WIRE4003")]
    [InlineData("[Wire] public partial class A { public new string ToString() => \"\"; }", "WIRE4003")]
    [InlineData("[Wire] public partial class A { [OneWay] public int M() => 1; }", "WIRE4004")]
    [InlineData("[Home] public interface I { void M(); ValueTask N(); }", "WIRE4005")]
    [InlineData("[Home] public interface I { int P { get; } ValueTask N(); }", "WIRE4005")]
    [InlineData("[Home] public interface I { event Action E; ValueTask N(); }", "WIRE4005")]
    [InlineData("[Home] public interface I { WireTask M(); }", "WIRE4005")]
    [InlineData("[Home] public interface I { IAsyncEnumerable<int> M(); }", "WIRE4005")]
    [InlineData("[Home] public interface I { ValueTask M<T>(); }", "WIRE4005")]
    [InlineData("[Home] public interface I { ValueTask M(out int x); }", "WIRE4005")]
    [InlineData("[Home] public interface I { ValueTask M(Span<int> x); }", "WIRE4005")]
    [InlineData("[Home] public interface I { ValueTask M(CancellationToken a, CancellationToken b); }", "WIRE4005")]
    [InlineData("[Home] public interface I { static abstract ValueTask M(); }", "WIRE4005")]
    [InlineData("[Home] public interface I { protected ValueTask M(); }", "WIRE4005")]
    [InlineData("[Home] public interface I<T> { ValueTask M(); }", "WIRE4005")]
    [InlineData("public class C<T> { [Home] public interface I { ValueTask M(); } }", "WIRE4005")]
    [InlineData("public class C { [Home] private interface I { ValueTask M(); } }", "WIRE4005")]
    [InlineData("[Home] file interface I { ValueTask M(); }", "WIRE4005")]
    [InlineData("public interface IBase { int M(); } [Home] public interface I : IBase { ValueTask N(); }", "WIRE4005")]
    [InlineData("public interface IBase { ValueTask M(); } [Home] public interface I : IBase { new Task M(); }", "WIRE4005")]
    public async Task WhatIsSkippedIsReported(string source, string rule)
    {
        GeneratorResult result = GeneratorHarness.Run(source);
        var messages = result.Files.Values.SelectMany(static text => Identity().Matches(text)).Select(static m => m.Groups[1].Value).ToList();
        Assert.Empty(messages);
        ImmutableArray<Diagnostic> found = await result.Compilation.WithAnalyzers(All).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Contains(found, d => d.Id == rule);
    }

    /// <summary>A state field without a formatter is named by a rule too.</summary>
    [Theory]
    [InlineData("Stream", "WIRE3001")]
    [InlineData("Action", "WIRE3001")]
    [InlineData("Task<int>", "WIRE3001")]
    [InlineData("object", "WIRE3001")]
    [InlineData("List<Stream>", "WIRE3001")]
    [InlineData("Random", "WIRE3005")]
    [InlineData("CancellationTokenSource", "WIRE3001")]
    [InlineData("HttpClient", "WIRE3001")]
    public async Task AFieldThatDoesNotTravelIsReported(string type, string rule)
    {
        GeneratorResult result = GeneratorHarness.Run(
            $$"""using System.IO; using System.Net.Http; [Wire] public partial class A { private {{type}}? _field; public void M() { _field = null; } public bool N() => _field is null; }""");
        ImmutableArray<Diagnostic> found = await result.Compilation.WithAnalyzers(All).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Contains(found, d => d.Id == rule);
    }

    [GeneratedRegex("^\\s*\"([^\"]+\\))\",\\s*0x([0-9A-F]{16})UL,", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Identity();
}
