using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class HiddenStateTests : RuleTests<HiddenState, HiddenStateFix>
{
    [Theory]
    [InlineData("[|count|] = 1;")]
    [InlineData("[|count|] += 1;")]
    [InlineData("[|count|]++;")]
    [InlineData("--[|count|];")]
    [InlineData("([|count|], int x) = (1, 2); _ = x;")]
    [InlineData("int.TryParse(\"1\", out [|count|]);")]
    [InlineData("Interlocked.Increment(ref [|count|]);")]
    [InlineData("Action a = () => [|count|] = 1; a();")]
    [InlineData("void Inner() => [|count|] = 1; Inner();")]
    public Task FindsAnAssignmentToACapturedConstructorParameter(string statement) => Finds(
        $$"""[Wire] public partial class A(int count) { public void M() { {{statement}} } public int N() => count; }""", "'count' is given anew");

    [Theory]
    [InlineData("Random?")]
    [InlineData("System.Diagnostics.Stopwatch?")]
    [InlineData("List<System.Text.RegularExpressions.Regex>?")]
    [InlineData("Named?")]
    public Task FindsAStateTypeWithFieldsThatTheCompilerCannotSee(string type) => Finds(
        $$"""
        public sealed class Named : System.Collections.Specialized.NameValueCollection;
        [Wire] public partial class A { private {{type}} [|_x|]; private void Use() { _x = default; _ = _x; } }
        """,
        "cannot see");

    [Fact]
    public Task FindsABaseOfTheFramework() => Finds(
        """
        [Wire] public partial class [|A|] : Microsoft.Extensions.Hosting.BackgroundService { protected override Task ExecuteAsync(CancellationToken c) => Task.CompletedTask; }
        """,
        "'BackgroundService'");

    [Fact]
    public async Task FindsABaseOfAnotherAssemblyThatHasPrivateFields()
    {
        Markup markup = Markup.Parse("[Wire] public partial class [|A|] : Lib.Counter; [Wire] public partial class B : Lib.Empty;");
        using var image = new MemoryStream();
        CSharpCompilation library = CSharpCompilation.Create(
            "Lib",
            [CSharpSyntaxTree.ParseText("namespace Lib { public class Counter { private int _n; public int Next() => ++_n; } public class Empty { protected int Shown; private static int s_n; public int N() => s_n; } }", cancellationToken: TestContext.Current.CancellationToken)],
            TestProject.References, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        await Verify(markup, await TestProject.Create(markup.Source, [.. TestProject.References, MetadataReference.CreateFromImage(image.ToArray())]));
    }

    [Theory]
    [InlineData("[Wire] public partial class A(int count) { private int _count = count; public int M() => ++_count + count; }")]
    [InlineData("[Wire] public partial class A { private int _x; public A(int count) { count++; _x = count; } public void M(int count) => count = _x; }")]
    [InlineData("[Wire] public partial class A(List<int> items) { public void M() => items.Add(1); }")]
    [InlineData("[Wire] public partial class A(int count) { private class B(int n) { public int M() => ++n; } public int M() => count; }")]
    [InlineData("public class Plain(int count) { public int M() => ++count; }")]
    [InlineData("public abstract class Base { private int _n; public int N() => ++_n; } [Wire] public partial class A : Base;")]
    [InlineData("[Wire] public partial class A { [Local] private Random _random = new(); private System.Text.StringBuilder _text = new(); public string M() => _text.Append(_random.Next()).ToString(); }")]
    public Task LeavesAloneStateThatTheCompilerSees(string source) => LeavesAlone(source);

    [Fact]
    public Task FixesByKeepingTheParameterInAField() => Fixes(
        """
        [Wire]
        public partial class A(int count, string name)
        {
            private readonly int _start = count;

            public int Next()
            {
                [|count|] += 1;
                return count - _start;
            }

            public string Name() => name;
        }
        """,
        """
        [Wire]
        public partial class A(int count, string name)
        {
            private int _count = count;
            private readonly int _start = count;

            public int Next()
            {
                _count += 1;
                return _count - _start;
            }

            public string Name() => name;
        }
        """);

    [Fact]
    public Task FixesAllWithOneFieldForEachParameter() => FixesAll(
        """
        [Wire]
        public partial class A(int count, List<string>? names)
        {
            [Local] private int _count;
            public int Next() => ++[|count|] + _count;
            public int Back() => --[|count|];
            public void Forget() => [|names|] = null;
            private Random [|_random|] = new();
        }
        """,
        """
        [Wire]
        public partial class A(int count, List<string>? names)
        {
            private int _countState = count;
            private List<string>? _names = names;
            [Local] private int _count;
            public int Next() => ++_countState + _count;
            public int Back() => --_countState;
            public void Forget() => _names = null;
            [Local] private Random _random = new();
        }
        """);
}
