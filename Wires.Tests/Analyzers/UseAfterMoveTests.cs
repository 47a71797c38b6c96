using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class UseAfterMoveTests : RuleTests<UseAfterMove>
{
    private const string Store =
        "[Wire] public partial class Store { private byte[] _d = []; public void Put(string key, [Move] byte[] data) => _d = data; public void Copy(byte[] data) => _d = data; public byte[] Get() => _d; }";

    [Theory]
    [InlineData("await s.Put(\"a\", data); [|data|][0] = 1;")]
    [InlineData("await s.Put(\"a\", data); Console.WriteLine([|data|].Length);")]
    [InlineData("await s.Put(\"a\", data); if (s.Id.Type == \"x\") return; await s.Copy([|data|]);")]
    [InlineData("if (data.Length > 1) await s.Put(\"a\", data); [|data|][0] = 1;")]
    [InlineData("for (int i = 0; i < 2; i++) await s.Put(\"a\", [|data|]);")]
    [InlineData("await s.Put(data: data, key: \"a\"); data = [|data|].ToArray();")]
    [InlineData("ValueTask t = s.Put(\"a\", data); [|data|][0] = 1; await t;")]
    [InlineData("try { await s.Put(\"a\", data); } finally { } Array.Clear([|data|]);")]
    public Task FindsAUseOnSomePathAfterTheMove(string statements) => Finds(
        $$"""{{Store}} class Caller { async Task M(StoreRef s, byte[] data) { {{statements}} } }""", "'data' was handed over by [Move] to 'Put'");

    [Theory]
    [InlineData("data[0] = 1; await s.Put(\"a\", data);")]
    [InlineData("await s.Put(\"a\", data); data = new byte[3]; data[0] = 1;")]
    [InlineData("await s.Put(\"a\", data.ToArray()); data[0] = 1;")]
    [InlineData("await s.Copy(data); data[0] = 1;")]
    [InlineData("if (data.Length > 1) { await s.Put(\"a\", data); return; } data[0] = 1;")]
    [InlineData("if (data.Length > 1) await s.Put(\"a\", data); else data[0] = 1;")]
    [InlineData("for (int i = 0; i < 2; i++) { byte[] one = [1]; await s.Put(\"a\", one); }")]
    [InlineData("foreach (byte[] one in new[] { data }) await s.Put(\"a\", one);")]
    [InlineData("while (data.Length > 0) { await s.Put(\"a\", data); data = await s.Get(); }")]
    [InlineData("await s.Put(data.Length.ToString(), data);")]
    public Task LeavesAloneUsesBeforeTheMoveAndOfOtherValues(string statements) =>
        LeavesAlone($$"""{{Store}} class Caller { async Task M(StoreRef s, byte[] data) { {{statements}} } }""");
}
