using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class UnsupportedMemberTests : RuleTests<UnsupportedMember>
{
    [Theory]
    [InlineData("public void [|M|](ref int x) { }", "'x' is passed by reference")]
    [InlineData("public bool [|M|](out int x) { x = 0; return true; }", "'x' is passed by reference")]
    [InlineData("public void [|M|](ref readonly int x) { }", "'x' is passed by reference")]
    [InlineData("private int _x; public ref int [|M|]() => ref _x;", "returns a reference")]
    [InlineData("public T [|M|]<T>(T x) => x;", "it is generic")]
    [InlineData("public unsafe void [|M|](int* p) { }", "'p' of type 'int*'")]
    [InlineData("public unsafe void [|M|](delegate*<void>[] p) { }", "'p'")]
    [InlineData("public void [|M|](ReadOnlySpan<byte> bytes) { }", "'bytes' of type 'ReadOnlySpan<byte>'")]
    [InlineData("public Span<byte> [|M|]() => default;", "its result 'Span<byte>'")]
    [InlineData("public event Action [|Changed|] { add { } remove { } }", "'Changed' cannot become a message: an event")]
    [InlineData("public event EventHandler? [|Changed|]; private void R() => Changed?.Invoke(this, EventArgs.Empty);", "an event")]
    [InlineData("public int [|this|][int i] => i;", "an indexer")]
    public Task FindsAPublicMemberThatNoMessageCanStandFor(string member, string message) =>
        Finds($$"""[Wire] public partial class A { {{member}} }""", message);

    [Theory]
    [InlineData("public void M(in int x, params int[] y) { }")]
    [InlineData("public async IAsyncEnumerable<int> M(CancellationToken c) { await Task.Yield(); yield return 1; }")]
    [InlineData("private T M<T>(ref T x, out int y) { y = 0; return x; }")]
    [InlineData("public static T M<T>(ref T x, ReadOnlySpan<int> y) => x;")]
    [InlineData("internal event Action? Changed; private void R() => Changed?.Invoke();")]
    [InlineData("internal int this[int i] => i;")]
    [InlineData("public override bool Equals(object? o) => true; public override int GetHashCode() => 0;")]
    [InlineData("public A() { } public A(ref int x) { }")]
    [InlineData("public delegate void D(ref int x); public class N { public T M<T>(T t) => t; public event Action? E { add { } remove { } } }")]
    public Task LeavesAloneWhatCanBeOneOrIsNotCallable(string member) => LeavesAlone($$"""[Wire] public partial class A { {{member}} }""");

    [Fact]
    public Task LeavesAloneInheritedMembersInterfaceOnesAndOtherClasses() => LeavesAlone(
        """
        public abstract class Base { public T Cast<T>(object o) => (T)o; public event Action? E { add { } remove { } } }
        public interface IThing { void Fill(ref int x); }
        [Wire] public partial class A : Base, IThing { void IThing.Fill(ref int x) { } }
        public class Plain { public void M(ref int x) { } }
        """);
}
