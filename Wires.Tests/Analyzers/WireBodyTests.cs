using Microsoft.CodeAnalysis;
using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

/// <summary>The rules about code of wires find it themselves, file by file: here is every place where there is some. One rule stands for all.</summary>
public sealed class WireBodyTests
{
    private const string Code = "[|File.ReadAllText(\"a\")|]";

    [Theory]
    [InlineData($"string M() {{ return {Code}; }}")]
    [InlineData($"string M() => {Code};")]
    [InlineData($"static string M() => {Code};")]
    [InlineData($"string P {{ get {{ return {Code}; }} }}")]
    [InlineData($"string P {{ get => {Code}; set => _ = {Code} + value; }}")]
    [InlineData($"string P => {Code};")]
    [InlineData($"string P {{ get; }} = {Code};")]
    [InlineData($"string P {{ get => field; }} = {Code};")]
    [InlineData($"string _a = {Code}, _b = {Code}; string Use() => _a + _b;")]
    [InlineData($"Func<string> _f = () => {Code}; string Use() => _f();")]
    [InlineData($"string this[int i] => {Code};")]
    [InlineData($"string this[int i] {{ get => {Code}; }}")]
    [InlineData($"event Action E {{ add => {Code}.ToString(); remove {{ {Code}.ToString(); }} }}")]
    [InlineData($"A() {{ {Code}.ToString(); }}")]
    [InlineData($"A() => {Code}.ToString();")]
    [InlineData($"A(string s) => s.ToString(); A() : this({Code}) {{ }}")]
    [InlineData($"~A() => {Code}.ToString();")]
    [InlineData($"public static string operator +(A a, int b) => {Code};")]
    [InlineData($"public static implicit operator string(A a) => {Code};")]
    [InlineData($"void M() {{ L(); void L() {{ Action a = () => {Code}.ToString(); a(); }} }}")]
    [InlineData($"partial void M(); partial void M() => {Code}.ToString();")]
    [InlineData($"public interface ILoad {{ string Load(); }}", "ILoad", $"string ILoad.Load() => {Code};")]
    public Task FindsCodeInEveryMember(string member, string? contract = null, string? other = null) => Finds(contract is null
        ? $$"""[Wire] public partial class A { {{member}} }"""
        : $$"""{{member}} [Wire] public partial class A : {{contract}} { {{other}} }""");

    [Fact]
    public Task FindsCodeInArgumentsOfABase() => Finds(
        $$"""
        public abstract class Base(string s) { public override string ToString() => s; }
        [Wire] public partial class A() : Base({{Code}});
        """);

    [Fact]
    public Task FindsCodeInEveryPartAndInBasesAndInNestedWires() => Finds(
        $$"""
        namespace N
        {
            public class Root { protected string M() => {{Code}}; }
            public abstract class Base : Root { protected string N() => {{Code}}; }
            public static partial class Outer
            {
                [Wire] public partial class A : Base { private string O() => {{Code}}; }
            }
        }
        namespace N { public static partial class Outer { public partial class A { private string P() => {{Code}}; } } }
        """);

    [Fact]
    public async Task FindsCodeInAPartOfAnotherFile()
    {
        Document document = await TestProject.Create("[Wire] public partial class A { public void M() { } }");
        document = document.Project.AddDocument("Other.cs", "partial class A { void N() => Thread.Sleep(1); }", filePath: "/Other.cs");
        Assert.Equal("Other.cs", Path.GetFileName(Assert.Single(await TestProject.Analyze(document, new BlockingCall())).Location.SourceTree!.FilePath));
    }

    [Theory]
    [InlineData("[Wire] public partial class A { private class Inner { string M() => File.ReadAllText(\"a\"); } }")]
    [InlineData("[Wire] public partial class A; public class Plain { string M() => File.ReadAllText(\"a\"); }")]
    [InlineData("[Wire] public partial class A; public static partial class Outer { private static string M() => File.ReadAllText(\"a\"); [Wire] public partial class B; }")]
    public Task LeavesAloneCodeBesideWires(string source) => Finds(source);

    [Fact]
    public async Task LeavesAloneGeneratedCode()
    {
        Document document = await TestProject.Create("[Wire] public partial class A { public void M() { } }");
        document = document.Project.AddDocument("A.g.cs", "partial class A { void N() => Thread.Sleep(1); }", filePath: "/A.g.cs");
        Assert.Empty(await TestProject.Analyze(document, new BlockingCall()));
    }

    private static async Task Finds(string marked)
    {
        Markup markup = Markup.Parse(marked);
        Document document = await TestProject.Create(markup.Source);
        Assert.Empty(await TestProject.Errors(document));
        Assert.Equal(markup.Findings.Select(static f => f.Span).Order(), (await TestProject.Analyze(document, new BlockingCall())).Select(static d => d.Location.SourceSpan).Order());
    }
}
