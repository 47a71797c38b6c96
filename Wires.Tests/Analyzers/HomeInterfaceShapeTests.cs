using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class HomeInterfaceShapeTests : RuleTests<HomeInterfaceShape>
{
    [Theory]
    [InlineData("void [|M|]();", "return ValueTask")]
    [InlineData("int [|M|]();", "return ValueTask<int>")]
    [InlineData("WireTask [|M|]();", "return ValueTask")]
    [InlineData("WireTask<string> [|M|]();", "return ValueTask<string>")]
    [InlineData("IAsyncEnumerable<int> [|M|]();", "streams")]
    [InlineData("int [|P|] { get; }", "a property cannot be awaited")]
    [InlineData("int [|this|][int i] { get; }", "an indexer cannot be awaited")]
    [InlineData("event Action [|E|];", "an event")]
    [InlineData("ValueTask [|M|]<T>();", "generic")]
    [InlineData("ValueTask [|M|](ref int x);", "by reference")]
    [InlineData("ValueTask [|M|](out int x);", "by reference")]
    [InlineData("ValueTask [|M|](Span<int> x);", "memory of the caller")]
    [InlineData("ValueTask [|M|](CancellationToken a, CancellationToken b);", "two CancellationTokens")]
    [InlineData("static abstract ValueTask [|M|]();", "static")]
    [InlineData("protected ValueTask [|M|]();", "not public")]
    [InlineData("int [|M|]() => 1;", "return ValueTask<int>")]
    public Task FindsAMemberThatCannotBeServed(string member, string message) => Finds($$"""[Home] public interface I { {{member}} }""", message);

    [Theory]
    [InlineData("[Home] public interface [|I|]<T> { ValueTask M(); }", "it is generic")]
    [InlineData("public class C<T> { [Home] public interface [|I|] { ValueTask M(); } }", "nested in generic 'C'")]
    [InlineData("public class C { [Home] private interface [|I|] { ValueTask M(); } }", "cannot reach it")]
    [InlineData("[Home] file interface [|I|] { ValueTask M(); }", "cannot reach it")]
    [InlineData("public interface IBase { int M(); } [Home] public interface [|I|] : IBase;", "IBase.M")]
    [InlineData("public interface IBase { ValueTask M(int x); } [Home] public interface I : IBase { new Task [|M|](int y); }", "both have 'M(int)'")]
    [InlineData("public interface IA { ValueTask M(); } public interface IB { ValueTask M(); } [Home] public interface [|I|] : IA, IB;", "both have 'M()'")]
    public Task FindsAnInterfaceThatCannotBeServed(string source, string message) => Finds(source, message);

    [Fact]
    public Task FindsAnInjectionByAKey() => Finds(
        """
        using Microsoft.Extensions.DependencyInjection;
        [Home] public interface I { ValueTask M(); }
        [Wire] public partial class A([FromKeyedServices("x")] I [|i|]) { public async WireTask M() => await i.M(); }
        """,
        "by a key");

    [Theory]
    [InlineData("[Home] public interface I { ValueTask A(); ValueTask<int> B(in int x, CancellationToken t = default); Task C(params string[] x); Task<List<int>> D([Move] byte[] x); ValueTask A(int x); }")]
    [InlineData("[Home] internal interface I { const int X = 1; static int Y() => X; private int Z() => 1; sealed int S() => 1; ValueTask V() => default; class N; }")]
    [InlineData("public interface IBase { Task M(); } [Home] public interface I : IBase { Task M(int x); }")]
    [InlineData("public class C { [Home] internal interface I { ValueTask M(); } }")]
    [InlineData("public interface I { int M(); int P { get; } } [Wire] public partial class A(I i) { public int M() => i.M(); }")]
    [InlineData("[Home] public interface I { ValueTask M(); } [Wire] public partial class A(I i, I? j = null) { public async WireTask M() { await i.M(); await (j ?? i).M(); } }")]
    [InlineData("namespace N { [Home] public interface I { int M(); } public sealed class HomeAttribute : Attribute; }")]
    public Task LeavesAloneWhatCanBeServed(string source) => LeavesAlone(source);
}
