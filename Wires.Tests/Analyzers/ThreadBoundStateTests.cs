using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class ThreadBoundStateTests : RuleTests<ThreadBoundState>
{
    [Theory]
    [InlineData("[ThreadStatic] private static int [|s_n|]; public int M() => s_n++;", "'s_n' belongs to a thread")]
    [InlineData("private static readonly AsyncLocal<string> [|Tenant|] = new(); public string? M() => Tenant.Value;", "'Tenant'")]
    [InlineData("private static readonly ThreadLocal<int> [|N|] = new(); public int M() => N.Value;", "'N'")]
    [InlineData("public string? M() => [|Ambient.Tenant|].Value;", "'Ambient.Tenant'")]
    [InlineData("public int M() => [|Ambient.Depth|];", "'Ambient.Depth'")]
    [InlineData("public string? M() => [|Ambient.Get().Value|];", "'AsyncLocal'")]
    public Task FindsStateOfAThreadOrAFlow(string members, string message) => Finds(
        $$"""
        static class Ambient { public static readonly AsyncLocal<string> Tenant = new(); [ThreadStatic] public static int Depth; public static AsyncLocal<string> Get() => Tenant; }
        [Wire] public partial class A { {{members}} }
        """,
        message);

    [Theory]
    [InlineData("[Wire] public partial class A { private static readonly int s_n = 1; public int M() => s_n; }")]
    [InlineData("[Wire] public partial class A { [Local] private readonly ThreadLocal<int> _n = new(); public int M() => _n.Value; }")]
    [InlineData("class Plain { [ThreadStatic] static int s_n; static readonly AsyncLocal<int> s_a = new(); int M() => s_n + s_a.Value; }")]
    [InlineData("[Wire] public partial class A { public string? M() => System.Diagnostics.Activity.Current?.Id + System.Globalization.CultureInfo.CurrentCulture; }")]
    public Task LeavesAloneOtherState(string source) => LeavesAlone(source);
}
