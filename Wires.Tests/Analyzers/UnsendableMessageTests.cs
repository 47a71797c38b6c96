using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class UnsendableMessageTests : RuleTests<UnsendableMessage>
{
    [Theory]
    [InlineData("public void M(Action [|x|]) { }", "Parameter 'x' of 'M' cannot be sent: 'Action' is a delegate")]
    [InlineData("public void M(object [|x|]) { }", "could be anything")]
    [InlineData("public void M(Stream [|x|]) { }", "belongs to one node")]
    [InlineData("public void M(IDisposable [|x|]) { }", "is an interface")]
    [InlineData("public void M(List<Func<int>> [|x|]) { }", "delegate")]
    [InlineData("public void M(Exception [|x|]) { }", "only its own node knows")]
    [InlineData("public void M(Type [|x|]) { }", "names code that the reader may not have")]
    [InlineData("public void M(System.Reflection.TypeInfo [|x|]) { }", "names code that the reader may not have")]
    [InlineData("public void M(dynamic [|x|]) { }", "could be anything")]
    [InlineData("public void M(System.Text.RegularExpressions.Regex [|x|]) { }", "cannot see")]
    [InlineData("public void M(Shape [|x|]) { }", "is abstract")]
    [InlineData("public void M(CancellationToken[] [|x|]) { }", "is no data")]
    [InlineData("public Stream [|M|]() => Stream.Null;", "The result of 'M'")]
    [InlineData("public async WireTask<object> [|M|]() { await Task.Yield(); return 1; }", "The result of 'M'")]
    [InlineData("public async IAsyncEnumerable<Action> [|M|]() { await Task.Yield(); yield break; }", "The result of 'M'")]
    public Task FindsATypeThatCanBeNeitherSharedNorCopied(string member, string message) =>
        Finds($$"""public abstract class Shape; [Wire] public partial class A { {{member}} }""", message);

    [Theory]
    [InlineData("public Task<List<int>> M(string a, int[] b, Dictionary<string, ARef> c, CancellationToken d) => throw null!;")]
    [InlineData("public async IAsyncEnumerable<Line> M(Line x) { await Task.Yield(); yield return x; }")]
    [InlineData("public void M(IEnumerable<Line> x, IReadOnlyDictionary<string, Line> y, (int, string)? z) { }")]
    [InlineData("public WireTask M() => default; public ValueTask N() => default;")]
    [InlineData("private void M(Action x) { } internal Stream N(Stream s) => s; public static void O(object o) { }")]
    [InlineData("public override bool Equals(object? o) => true; public override int GetHashCode() => 1;")]
    public Task LeavesAloneData(string member) => LeavesAlone($$"""public record Line(string Text); [Wire] public partial class A { {{member}} }""");

    [Fact]
    public Task FindsWhatAHomeInterfaceCannotSend() => Finds("[Home] public interface I { ValueTask M(Stream [|x|], string y); ValueTask<object> [|N|](); }", "belongs to one node");

    [Fact]
    public Task LeavesAloneTypeParametersAndWhatIsNoMessage() => LeavesAlone(
        """
        public interface IFill { void Fill(Stream s); }
        [Wire] public partial class A<T> : IFill, IDisposable { public T? M(T x) => x; void IFill.Fill(Stream s) { } public void Dispose() { } }
        public class Plain { public void M(Action a) { } }
        """);
}
