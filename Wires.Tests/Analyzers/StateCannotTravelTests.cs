using System.Globalization;
using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class StateCannotTravelTests : RuleTests<StateCannotTravel, StateCannotTravelFix>
{
    [Theory]
    [InlineData("Thread?")]
    [InlineData("Stream?")]
    [InlineData("FileStream?")]
    [InlineData("StreamWriter?")]
    [InlineData("System.Net.Sockets.Socket?")]
    [InlineData("HttpClient?")]
    [InlineData("Task?")]
    [InlineData("Task<int>?")]
    [InlineData("ValueTask<int>")]
    [InlineData("WireTask<int>")]
    [InlineData("TaskCompletionSource<int>?")]
    [InlineData("Action?")]
    [InlineData("Func<int, string>?")]
    [InlineData("Timer?")]
    [InlineData("PeriodicTimer?")]
    [InlineData("CancellationTokenSource?")]
    [InlineData("CancellationToken")]
    [InlineData("SemaphoreSlim?")]
    [InlineData("Lock?")]
    [InlineData("object?")]
    [InlineData("Exception?")]
    [InlineData("Type?")]
    [InlineData("dynamic?")]
    [InlineData("IWires?")]
    [InlineData("IServiceProvider?")]
    [InlineData("Microsoft.Extensions.Logging.ILogger<A>?")]
    [InlineData("IDisposable?")]
    [InlineData("System.Threading.Channels.Channel<int>?")]
    [InlineData("List<Stream>?")]
    [InlineData("Dictionary<string, object>?")]
    [InlineData("Func<int>[]?")]
    [InlineData("(int Id, Task Work)")]
    public Task FindsAFieldThatBelongsToItsNode(string type) => Finds(
        $$"""[Wire] public partial class A { private {{type}} [|_x|]; private void Use() { _x = default; _ = _x; } }""", "'_x' cannot travel");

    [Fact]
    public Task FindsItWithinATypeOfTheUserAndSaysWhere() => Finds(
        """
        public sealed class Order { public List<Line> Lines { get; } = []; }
        public sealed class Line { public string Name { get; set; } = ""; public Action? Changed { get; set; } }
        [Wire] public partial class Shop { private Order? [|_order|]; private void M() => _order = new(); }
        """,
        "'Order.Lines': 'Line.Changed': 'Action' is a delegate");

    [Fact]
    public Task FindsAutoPropertiesEventsAndFieldsOfBases() => Finds(
        """
        public abstract class Base { protected Stream? [|_file|]; }
        public interface IRule { bool Holds(); }
        [Wire] public partial class A : Base
        {
            private IRule? [|Rule|] { get; set; }
            private event Action? [|Changed|];
            private void M() { Changed?.Invoke(); Rule = null; _file = null; }
        }
        """);

    [Fact]
    public async Task FindsMoreFieldsThanTheFormatCounts()
    {
        string fields = string.Concat(Enumerable.Range(0, 250).Select(i => string.Create(CultureInfo.InvariantCulture, $"internal int F{i};")));
        await Finds($$"""[Wire] public partial class [|A|] { {{fields}} }""", "250 state fields");
    }

    [Theory]
    [InlineData("int")]
    [InlineData("decimal?")]
    [InlineData("string?")]
    [InlineData("Guid")]
    [InlineData("DateTimeOffset")]
    [InlineData("DayOfWeek")]
    [InlineData("Uri?")]
    [InlineData("byte[]?")]
    [InlineData("int[,][]?")]
    [InlineData("ARef")]
    [InlineData("ARef?")]
    [InlineData("Dictionary<string, List<ARef>>?")]
    [InlineData("IReadOnlyList<int>?")]
    [InlineData("System.Collections.Immutable.ImmutableArray<string>")]
    [InlineData("System.Collections.Frozen.FrozenDictionary<string, int>?")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary<string, int>?")]
    [InlineData("PriorityQueue<string, DateTime>?")]
    [InlineData("(int Id, string Name)")]
    [InlineData("Node?")]
    [InlineData("Money")]
    [InlineData("System.Text.StringBuilder?")]
    [InlineData("Memory<byte>")]
    [InlineData("WireId")]
    public Task LeavesAloneWhatTheFormatCanWrite(string type) => LeavesAlone(
        $$"""
        public sealed class Node { public Node? Next; public List<Node> All = []; public string Name => ""; public static Action? Hook; }
        public readonly record struct Money(decimal Amount, string Currency);
        [Wire] public partial class A { private {{type}} _x; private void Use() { _x = default; _ = _x; } }
        """);

    [Fact]
    public Task LeavesAloneWhatStaysBehindOrIsNoState() => LeavesAlone(
        """
        [Wire] public partial class A(HttpClient http, IServiceProvider services)
        {
            [Local] private Stream? _file;
            [Local] private Task? Work { get; set; }
            [field: Local] private Action? Then { get; set; }
            private static readonly HttpClient s_shared = new();
            private const string Name = "";
            private Func<int> Computed => () => 1;
            private T? Get<T>() where T : class => null;
            public string Read() => http.ToString() + services + _file + Work + Then + s_shared + Name;
        }
        [Wire] public partial class B<T> { private T? _value; private List<T> _values = []; private void M() { _value = default; _values = []; } }
        public class Plain { public Stream? File; public Action? Then; }
        """);

    [Fact]
    public Task FixesByLeavingTheFieldBehind() => Fixes(
        """
        [Wire]
        public partial class A(HttpClient http)
        {
            // To the outside.
            private readonly HttpClient [|_http|] = http;
            public string Read() => _http.ToString()!;
        }
        """,
        """
        [Wire]
        public partial class A(HttpClient http)
        {
            // To the outside.
            [Local] private readonly HttpClient _http = http;
            public string Read() => _http.ToString()!;
        }
        """);

    [Fact]
    public Task FixesAllEvenTwoFieldsOfOneDeclaration() => FixesAll(
        """
        namespace App
        {
            [global::Wires.Wire]
            public partial class A
            {
                private Stream? [|_in|], [|_out|];
                [Obsolete] public Timer? [|Tick|] { get; set; }
                private void M() => _in = _out;
            }
        }
        """,
        """
        namespace App
        {
            [global::Wires.Wire]
            public partial class A
            {
                [Local] private Stream? _in, _out;
                [Local] [Obsolete] public Timer? Tick { get; set; }
                private void M() => _in = _out;
            }
        }
        """);
}
