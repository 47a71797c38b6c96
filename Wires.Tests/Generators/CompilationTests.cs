using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>What is generated for each sample compiles without a warning, in this version of the language and in the one before.</summary>
public sealed class CompilationTests
{
    public static TheoryData<string> Names => [.. WireSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void CompilesWithoutAWarning(string name) =>
        GeneratorHarness.Run(LanguageVersion.Preview, WireSamples.All[name]).CompilesCleanly();

    [Theory]
    [MemberData(nameof(Names))]
    public void CompilesInCSharp13(string name)
    {
        // The sample itself uses `field`.
        Assert.SkipWhen(name is "State", "Needs C# 14");
        GeneratorHarness.Run(LanguageVersion.CSharp13, WireSamples.All[name]).CompilesCleanly();
    }

    [Fact]
    public void CompilesAllTogether() =>
        GeneratorHarness.Run([.. WireSamples.All.Where(static s => !s.Value.Contains("namespace N;")).Select(static s => s.Value)]).CompilesCleanly();
}
