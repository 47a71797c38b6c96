using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class AttributeMisuseTests : RuleTests<AttributeMisuse>
{
    [Theory]
    [InlineData("[[|Every(\"soon\")|]] void M() { }", "no TimeSpan: \"soon\"")]
    [InlineData("[[|Every(\"00:00:00\")|]] void M() { }", "not positive")]
    [InlineData("[[|Every(\"-00:00:01\")|]] void M() { }", "not positive")]
    [InlineData("[[|Every(\"00:00:05\")|]] void M(int x) { }", "without arguments")]
    [InlineData("[[|Every(\"00:00:05\")|]] void M<T>() { }", "without arguments")]
    [InlineData("[[|Every(\"00:00:05\")|]] static void M() { }", "static")]
    [InlineData("[[|Every(\"00:00:05\")|]] int M() => 1;", "the result of 'M'")]
    [InlineData("[[|Every(\"00:00:05\")|]] async WireTask<int> M() { await Task.Yield(); return 1; }", "the result of 'M'")]
    [InlineData("[[|OneWay|]] public int M() => 1;", "returns 'int'")]
    [InlineData("[[|OneWay|]] public async Task<int> M() { await Task.Yield(); return 1; }", "returns 'Task<int>'")]
    [InlineData("[[|OneWay|]] void M() { }", "callers cannot reach")]
    [InlineData("[[|OneWay|]] public static void M() { }", "callers cannot reach")]
    [InlineData("[[|OneWay|]] public override string ToString() => \"\";", "callers cannot reach")]
    [InlineData("[[|Interleave|]] internal void M() { }", "callers cannot reach")]
    [InlineData("[[|Local|]] static int _x; int R() => _x;", "a static member never travels")]
    [InlineData("[[|SharedSafely(\"never changes\")|]] int _x; int R() => _x;", "an instance member is not shared")]
    [InlineData("[[|SharedSafely(\" \")|]] static int s_x; int R() => s_x;", "gives no reason")]
    [InlineData("[[|Local|]] const int X = 1;", "a static member never travels")]
    [InlineData("[[|Local|]] int X => 1;", "no field behind it")]
    [InlineData("[[|FormerName(\"_a\")|]] static int _x; int R() => _x;", "no state of the wire")]
    [InlineData("[[|FormerName(\"_a\")|], Local] int _x; int R() => _x;", "no state of the wire")]
    [InlineData("[[|FormerName(\"_a\")|]] int X => 1;", "no state of the wire")]
    [InlineData("[[|FormerName(\" \")|]] int _x; int R() => _x;", "no name in it")]
    [InlineData("[FormerName(\"_a\"), [|FormerName(\"_x\")|]] int _x; int R() => _x;", "as it is called now")]
    [InlineData("public void M([[|Move|]] int x) { }", "no meaning for 'int'")]
    [InlineData("public void M([[|Move|]] Guid? x) { }", "no meaning for 'Guid?'")]
    [InlineData("public void M([[|Move|]] string x) { }", "no meaning for 'string'")]
    [InlineData("void M([[|Move|]] byte[] x) { }", "callers cannot reach")]
    [InlineData("[return: [|Move|]] public int M() => 1;", "no meaning for 'int'")]
    [InlineData("[return: [|Move|]] public async WireTask<DateTime> M() { await Task.Yield(); return default; }", "no meaning for 'DateTime'")]
    [InlineData("[return: [|Move|]] public void M() { }", "no meaning for 'void'")]
    public Task FindsAnAttributeOnAMemberThatNobodyReads(string member, string message) =>
        Finds($$"""[Wire] public partial class A { {{member}} }""", message);

    [Theory]
    [InlineData("[|IdleAfter = \"never\"|]", "IdleAfter that is no TimeSpan")]
    [InlineData("[|IdleAfter = \"00:00\" + \":00\"|]", "not positive")]
    [InlineData("[|CallTimeout = \"-1\"|]", "CallTimeout that is not positive")]
    [InlineData("[|MailboxCapacity = -1|]", "negative")]
    [InlineData("[|Name = \" \"|]", "empty Name")]
    public Task FindsASettingOfAWireThatMeansNothing(string argument, string message) =>
        Finds($$"""[Wire({{argument}})] public partial class A;""", message);

    [Theory]
    [InlineData("[|CallTimeout = \"never\"|]", "CallTimeout that is no TimeSpan")]
    [InlineData("[|CallTimeout = \"00:00:00\"|]", "not positive")]
    public Task FindsASettingOfAHomeInterfaceThatMeansNothing(string argument, string message) =>
        Finds($$"""[Home({{argument}})] public interface I { ValueTask M(); }""", message);

    [Fact]
    public Task LeavesAloneWhatAHomeInterfaceMovesAndWaitsFor() =>
        LeavesAlone("""[Home(CallTimeout = "-00:00:00.001")] public interface I { [return: Move] ValueTask<byte[]> M([Move] byte[] x); }""");

    [Theory]
    [InlineData("public sealed class A { [[|Interleave|]] public void M() { } }")]
    [InlineData("public partial class A { [[|Every(\"00:00:01\")|]] void M() { } }")]
    [InlineData("public partial class A { [[|Local|]] private int _x; int R() => _x; }")]
    [InlineData("public partial class A { [[|FormerName(\"_y\")|]] private int _x; int R() => _x; }")]
    [InlineData("public interface I { [[|OneWay|]] void M(); }")]
    [InlineData("public struct A { public void M([[|Move|]] byte[] x) { } }")]
    [InlineData("public record A([[|Move|]] byte[] X) { [[|Local|]] public int Y { get; set; } }")]
    [InlineData("[Wire] public partial class W { class Helper { [[|Local|]] int _x; int R() => _x; } }")]
    public Task FindsAnAttributeOutsideAWireClass(string source) => Finds(source, "not a wire class");

    [Theory]
    [InlineData("[[|Immutable|]] public class P { public int X { get; set; } }")]
    [InlineData("[[|Immutable|]] public class P { public int X { get; internal set; } }")]
    [InlineData("[[|Immutable|]] public struct P { public int X; }")]
    [InlineData("[[|Immutable|]] public record struct P(int X);")]
    public async Task FindsAPromiseOfImmutabilityThatSettersBreakAndOnlyWarns(string source)
    {
        ImmutableArray<Diagnostic> found = await Finds(source, "'X' can be set");
        Assert.Equal(DiagnosticSeverity.Warning, found[0].Severity);
    }

    [Theory]
    [InlineData("[Every(\"00:00:05\")] void M() { }")]
    [InlineData("[Every(\"1.00:00:00\"), Interleave] async WireTask M(CancellationToken c) { await Task.Yield(); }")]
    [InlineData("[Every(\"00:00:00.050\")] public Task M() => Task.CompletedTask;")]
    [InlineData("[OneWay] public void M() { } [OneWay] public WireTask N() => default; [OneWay] public Task O() => Task.CompletedTask; [OneWay] public ValueTask P() => default;")]
    [InlineData("[Interleave] public int M() => 1; [Interleave] public async IAsyncEnumerable<int> N() { await Task.Yield(); yield return 1; }")]
    [InlineData("[Local] private HttpClient? _http; [Local] public int X { get; set; } HttpClient? R() => _http;")]
    [InlineData("public void M([Move] byte[] x, [Move] Memory<byte> y, [Move] List<int>? z) { }")]
    [InlineData("[return: Move] public byte[] M() => []; [return: Move] public async WireTask<byte[]> N() { await Task.Yield(); return []; }")]
    public Task LeavesAloneAttributesThatAreRead(string member) => LeavesAlone(
        $$"""[Wire(Name = "a", IdleAfter = "00:10:00", CallTimeout = "00:00:01", MailboxCapacity = 0)] public partial class A { {{member}} }""");

    [Fact]
    public Task LeavesAloneACallTimeoutThatIsInfinite() => LeavesAlone("[Wire(CallTimeout = \"-00:00:00.001\")] public partial class A;");

    [Theory]
    [InlineData("public abstract class Base { [Interleave] public void M() { } [Local] int _x; int R() => _x; [Every(\"00:00:01\")] protected abstract void T(); }")]
    [InlineData("public class Base { [OneWay] public void M([Move] byte[] b) { } } [Wire] public partial class A : Base;")]
    [InlineData("public class Base<T> { [OneWay] public void M([Move] T b) { } } [Wire] public partial class A : Base<byte[]>;")]
    public Task LeavesAloneBasesOfWires(string source) => LeavesAlone(source);

    [Theory]
    [InlineData("[Immutable] public sealed class P { public int X { get; init; } public int Y { get; } private int? _hash; public int H() => _hash ??= X; }")]
    [InlineData("[Immutable] public readonly record struct P(int X);")]
    [InlineData("[Immutable] public record P(int X) { public static int Count { get; set; } public const int C = 1; }")]
    public Task LeavesAloneAPromiseThatHolds(string source) => LeavesAlone(source);

    [Fact]
    public Task LeavesAloneAttributesOfOthers() => LeavesAlone(
        """
        namespace Other
        {
            class LocalAttribute : Attribute; class EveryAttribute(string s) : Attribute { public string S => s; }
        }
        namespace App
        {
            static class C { [Other.Local] static int x; [Other.Every("soon")] static int M() => x; }
        }
        """);
}
