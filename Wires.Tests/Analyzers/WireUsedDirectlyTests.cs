using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class WireUsedDirectlyTests : RuleTests<WireUsedDirectly, WireUsedDirectlyFix>
{
    [Theory]
    [InlineData("private [|Account|]? _a;")]
    [InlineData("private readonly Dictionary<string, [|Account|]> _all = [];")]
    [InlineData("public [|Account|][]? All { get; set; }")]
    [InlineData("void M([|Account|] a) { }")]
    [InlineData("[|Account|]? M() => null;")]
    [InlineData("async Task<[|Account|]?> M() { await Task.Yield(); return null; }")]
    [InlineData("void M(object o) { [|Account|]? a = null; _ = a; }")]
    [InlineData("void M() { foreach ([|Account|] a in new object[0]) { _ = a; } }")]
    [InlineData("object M() => new [|Account|]();")]
    [InlineData("object M(object o) => ([|Account|])o;")]
    [InlineData("object? M(object o) => o as [|Account|];")]
    [InlineData("bool M(object o) => o is [|Account|];")]
    [InlineData("bool M(object o) => o is [|Account|] a && a.Balance() > 0;")]
    [InlineData("(int, [|Account|]?) M() => default;")]
    [InlineData("Bank.[|Account|]? _b; void M() => _b = null;")]
    [InlineData("[|Cache|]<int>? _b; void M() => _b = null;")]
    public Task FindsAWireClassAsATypeOfValues(string member) => Finds(
        $$"""
        using Bank;
        namespace Bank { [Wire] public partial class Account { public decimal Balance() => 0; } [Wire] public partial class Cache<T>; }
        class Caller { {{member}} }
        """,
        "is a wire class");

    [Fact]
    public Task FindsItAsAnArgumentOfAMessage() => Finds(
        "[Wire] public partial class Account { private decimal _b; public void Transfer([|Account|] to, decimal amount) => to._b += amount; }");

    [Fact]
    public Task LeavesAloneNamesThatHoldNoWire() => LeavesAlone(
        """
        using Microsoft.Extensions.Logging;
        [Wire] public partial class Account(ILogger<Account> log)
        {
            public const int Max = 1;
            public string M() { log.LogInformation(nameof(Account)); return typeof(Account).Name; }
            private static int Limit => Account.Max;
            private Part? _part;
            private class Part(Account owner) { public Account Owner { get; } = owner; }
            private void Make() => _part = new Part(this);
        }
        class Caller(IWires wires)
        {
            /// <summary>See <see cref="Account"/>.</summary>
            AccountRef M() { var a = wires.Get<AccountRef>("a"); AccountRef b = a; return b; }
            void N(ILogger<Account> log) { }
        }
        class Other { class Account; Account? _a; void M() => _a = new Account(); }
        """);

    [Fact]
    public Task FixesByNamingTheRef() => Fixes(
        """
        class Caller
        {
            private Bank.[|Account|]? _a;
            object? M() => _a;
        }
        namespace Bank { [Wire] public partial class Account; }
        """,
        """
        class Caller
        {
            private Bank.AccountRef? _a;
            object? M() => _a;
        }
        namespace Bank { [Wire] public partial class Account; }
        """);

    [Fact]
    public Task FixesAllWithTypeArgumentsKept() => FixesAll(
        """
        [Wire] public partial class Account
        {
            private readonly List<[|Account|]> _friends = [];
            public void Befriend([|Account|] friend) => _friends.Add(friend);
            private Dictionary<string, [|Cache|]<int>> _caches = [];
            private object M() => new [|Account|]();
        }
        [Wire] public partial class Cache<T>;
        """,
        """
        [Wire] public partial class Account
        {
            private readonly List<AccountRef> _friends = [];
            public void Befriend(AccountRef friend) => _friends.Add(friend);
            private Dictionary<string, CacheRef<int>> _caches = [];
            private object M() => new [|Account|]();
        }
        [Wire] public partial class Cache<T>;
        """);

    [Fact]
    public Task OffersNoFixWhereARefCannotStand() => OffersNoFix(
        "[Wire] public partial class Account; class Caller { object M(object o) => o as [|Account|] ?? new [|Account|](); }");
}
