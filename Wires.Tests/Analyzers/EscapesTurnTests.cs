using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class EscapesTurnTests : RuleTests<EscapesTurn>
{
    [Theory]
    [InlineData("public Task M() => Task.Run([|() => _n++|]);", "Code in Task.Run runs outside the turns of the wire and touches '_n'")]
    [InlineData("public Task M() => Task.Run([|async () => { await Task.Yield(); Step(); }|]);", "'Step'")]
    [InlineData("public Task M() => Task.Run([|Step|]);", "'Step'")]
    [InlineData("public Task M() => Task.Factory.StartNew([|() => _items.Add(1)|]);", "'_items'")]
    [InlineData("public void M() => new Thread([|() => Count = 1|]).Start();", "'Count'")]
    [InlineData("public void M() => ThreadPool.QueueUserWorkItem([|_ => _n = 1|]);", "thread pool")]
    [InlineData("public void M() => Parallel.ForEach(new[] { 1 }, [|x => _n += x|]);", "Parallel.ForEach")]
    [InlineData("public void M() => _timer = new Timer([|_ => Step()|], null, 0, 1000); [Local] Timer? _timer;", "A timer's callback")]
    [InlineData("public void M(System.Timers.Timer t) => t.Elapsed += [|(_, _) => _n++|];", "A timer's handler")]
    public Task FindsStateTouchedFromAnotherThread(string member, string message) => Finds(
        $$"""[Wire] public partial class A { private int _n; private readonly List<int> _items = []; private int Count { get; set; } private void Step() => _n = _items.Count + Count; {{member}} }""",
        message);

    [Theory]
    [InlineData("public async WireTask M(int[] xs) => _n = await Task.Run(() => xs.Sum());")]
    [InlineData("public async WireTask M() { int copy = _n; _n = await Task.Run(() => Twice(copy)); } private static int Twice(int x) => 2 * x;")]
    [InlineData("public Task M() => Task.Run(() => _name + _next.Id + _service);")]
    [InlineData("public Task M() => Task.Run(() => client.GetStringAsync(\"/\"));")]
    [InlineData("public int M() => new[] { 1, 2 }.Select(x => x + _n).Sum();")]
    [InlineData("private static int s_n; public Task M() => Task.Run(() => s_n++);")]
    public Task LeavesAloneCodeThatTouchesNoState(string member) => LeavesAlone(
        $$"""[Wire] public partial class A(HttpClient client) { private int _n; private readonly string _name = ""; private readonly ARef _next; [Local] private readonly HttpClient _service = client; {{member}} private void Use() => _n = _name.Length; }""");

    [Fact]
    public Task LeavesAloneOtherClasses() => LeavesAlone("[Wire] public partial class A { class Inner { int _n; Task M() => Task.Run(() => _n++); } } class Plain { int _n; Task M() => Task.Run(() => _n++); }");
}
