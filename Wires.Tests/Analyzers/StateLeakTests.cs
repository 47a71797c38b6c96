using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class StateLeakTests : RuleTests<StateLeak>
{
    private const string Others =
        """
        public interface IRegistry { void Put(object o); }
        public sealed class Registry : IRegistry
        {
            private readonly List<object> _all = [];
            private readonly Action[] _ticks = new Action[1];
            public static Registry Instance { get; } = new();
            public static readonly List<object> All = [];
            public static object? Last { get; set; }
            public static Action? Tick;
            public static event Action? Ticked;
            public static event EventHandler? Changed;
            public object? Owner { get; set; }
            public event Action? Pulsed;
            public void Put(object o) => _all.Add(o);
            public void OnTick(Action a) { _ticks[0] = a; Pulsed?.Invoke(); Ticked?.Invoke(); Changed?.Invoke(null, EventArgs.Empty); }
            public void Pass(object o) => Put(o);
            public static void Publish(object o) => Keep(o ?? throw new ArgumentNullException());
            private static void Keep(object o) => Last = o;
            public void Look(object o) { Console.WriteLine(o); _all.Remove(o); }
            public int Count(Func<int> f) => f() + _all.Count;
        }
        public class Keeper { private readonly object _o; public Keeper(object o) => _o = o; public override string ToString() => $"{_o}"; }
        public sealed class SubKeeper(object o) : Keeper(o);
        public sealed class Announcer { public Announcer(object o) => Registry.All.Add(o); }
        public sealed class Reader(List<int> list) { public int Sum { get; } = list.Sum(); }
        """;

    [Theory]
    [InlineData("public void M() => Registry.Last = [|this|];", "'this' leaks out of the wire: the static 'Registry.Last' keeps it")]
    [InlineData("private static A? s_last; public void M() => s_last = [|this|];", "the static 'A.s_last'")]
    [InlineData("public void M() => Registry.Last ??= [|_list|];", "'_list' leaks")]
    [InlineData("public void M() => registry.Owner = [|Items|];", "'Items' leaks out of the wire: 'Registry.Owner' of an injected object keeps it")]
    [InlineData("private readonly Registry _r = registry; public void M() => _r.Owner = [|_list|];", "an injected object")]
    [InlineData("public void M() => Registry.Last = ([|_list|], 1);", "'_list'")]
    [InlineData("public void M() => Registry.Last = new object[] { [|this|] };", "'this'")]
    [InlineData("public void M() => Registry.Last = new Keeper([|this|]);", "'this'")]
    [InlineData("public void M() => Registry.Last = new SubKeeper([|_list|]);", "'_list'")]
    [InlineData("public void M() => Registry.Last = [|_list|].AsReadOnly();", "'_list'")]
    [InlineData("public void M() { var mine = _list; Registry.Last = [|mine|]; }", "'_list'")]
    [InlineData("public void M() => Registry.Last = new WeakReference<A>([|this|]);", "'this'")]
    [InlineData("public void M() => Registry.Tick = [|() => _n++|];", "A lambda that uses '_n' leaks")]
    [InlineData("public void M() => Registry.Tick = [|Go|];", "A delegate of 'Go' leaks")]
    [InlineData("public void M() => Registry.Ticked += [|Go|];", "the event 'Registry.Ticked' keeps it")]
    [InlineData("public void M() => registry.Pulsed += [|() => _list.Clear()|];", "the event 'Registry.Pulsed'")]
    [InlineData("public void M() { var r = Registry.Instance; r.Pulsed += [|Go|]; }", "the event 'Registry.Pulsed'")]
    [InlineData("public void M() => Console.CancelKeyPress += [|(_, _) => _n++|];", "the event 'Console.CancelKeyPress'")]
    [InlineData("public static event EventHandler? Moved; public void M() => Moved?.Invoke([|this|], EventArgs.Empty);", "the static event 'Moved'")]
    [InlineData("public void M() => Registry.All.Add([|this|]);", "the static 'Registry.All' keeps it")]
    [InlineData("public void M() => shared.TryAdd(\"a\", [|_list|]);", "'shared', which was injected, keeps it")]
    [InlineData("public void M() => shared[\"a\"] = [|_list|];", "of an injected object keeps it")]
    [InlineData("public void M() => registry.Put([|this|]);", "'Registry.Put' keeps it")]
    [InlineData("public void M() => registry.Pass([|this|]);", "'Registry.Pass' keeps it")]
    [InlineData("public void M() => known.Put([|this|]);", "'Registry.Put' keeps it")]
    [InlineData("public void M() => registry?.OnTick([|() => Go()|]);", "'Registry.OnTick' keeps it")]
    [InlineData("public void M() => Registry.Publish([|_list|]);", "'Registry.Publish' stores it in a static")]
    [InlineData("public void M() => Store([|this|]); private static void Store(object o) => Registry.Last = o;", "'A.Store' stores it in a static")]
    [InlineData("public void M() { _ = new Announcer([|this|]); }", "the constructor of 'Announcer' stores it in a static")]
    [InlineData("public void M(CancellationToken c) => c.Register([|() => _n++|]);", "'CancellationToken.Register' keeps it")]
    [InlineData("public Task M(Task t) => t.ContinueWith([|_ => _n++|]);", "'Task.ContinueWith' keeps it")]
    [InlineData("private static object? s_o; public void M() => Interlocked.Exchange(ref s_o, [|this|]);", "'Interlocked.Exchange' keeps it")]
    [InlineData("internal ref int M() => ref [|_n|];", "'M' returns a reference to it")]
    public Task FindsWhatIsHandedToOthersThatKeepIt(string member, string message) => Finds(
        $$"""
        {{Others}}
        [Wire] public partial class A(Registry registry, IRegistry known, System.Collections.Concurrent.ConcurrentDictionary<string, List<int>> shared)
        {
            private readonly List<int> _list = [];
            private int _n;
            private List<int> Items { get; } = [];
            private void Go() => _n++;
            {{member}}
            private object Use() => (registry, known, shared);
        }
        """,
        message);

    [Theory]
    [InlineData("public List<int> M() => _list; public IReadOnlyList<int> N() => _list.AsReadOnly();")]
    [InlineData("public A M() => this;")]
    [InlineData("public int M() => _list.Select(x => x + _n).Where(x => x > _n).Sum(); public void N() => _list.ForEach(x => _n += x); public void O() => _list.Sort((a, b) => a - b + _n);")]
    [InlineData("public string M() => string.Create(3, this, (span, me) => span.Fill('a')); public void N() => Interlocked.Increment(ref _n);")]
    [InlineData("public void M() { GC.SuppressFinalize(this); ArgumentNullException.ThrowIfNull(this); Console.WriteLine(_list); }")]
    [InlineData("private Keeper? _own; public void M() { _own = new Keeper(_list); var local = new Keeper(this); Console.WriteLine(local); }")]
    [InlineData("private readonly Registry _mine = new(); public void M() { _mine.Put(_list); _mine.Owner = _list; _mine.Pulsed += Go; }")]
    [InlineData("public void M() { registry.Look(this); registry.Look(_list); _n = registry.Count(() => _n); }")]
    [InlineData("public void M() { Helper(this); Helper(_list); } private static void Helper(object o) => Console.WriteLine(o);")]
    [InlineData("public void M() => registry.Put(_list.ToArray()); public void N() => registry.Put(new List<int>(_list)); public void O() => registry.Put((List<int>)[.. _list]); public void P() => registry.Put(_n);")]
    [InlineData("public void M() => registry.Put(new Reader(_list));")]
    [InlineData("public void M() => registry.OnTick(() => Console.WriteLine(1)); public void N() => Registry.Tick = static () => { };")]
    [InlineData("public void M() => shared.GetOrAdd(\"a\", k => [_n]); public bool N(List<int> l) => shared.TryRemove(new KeyValuePair<string, List<int>>(\"a\", _list));")]
    [InlineData("public void M() => Registry.Ticked -= Go;")]
    [InlineData("private ref int Slot() => ref _n; public void M() => Slot()++;")]
    [InlineData("public void M(Registry message) { message.Owner = _list; message.Put(_list); }")]
    [InlineData("private Registry? _made; public void M() { _made = new Registry(); _made.Put(this); }")]
    [InlineData("public void M() => registry.Put(nameof(_list)); public void N() => registry.Put(Wire.Self.As<ARef>());")]
    [InlineData("private readonly IReadOnlyList<int> _frozen = System.Collections.Immutable.ImmutableArray.Create(1); public void M() => registry.Put(_frozen);")]
    [InlineData("private readonly Registry _r = registry; public void M() => Registry.Last = _r;")]
    [InlineData("public async WireTask M() { using var c = new CancellationTokenSource(); c.Token.Register(() => _n++); await Wire.Yield(); }")]
    public Task LeavesAloneWhatStaysOrIsCopied(string member) => LeavesAlone(
        $$"""
        {{Others}}
        [Wire] public partial class A(Registry registry, IRegistry known, System.Collections.Concurrent.ConcurrentDictionary<string, List<int>> shared)
        {
            private readonly List<int> _list = [];
            private int _n;
            private List<int> Items { get; } = [];
            private void Go() => _n++;
            {{member}}
            private object Use() => (registry, known, shared, Items);
        }
        """);

    [Fact]
    public Task LeavesAloneTypesThatAnAdditionalFileNames() => LeavesAlone(
        """
        namespace N { public sealed class Table { public int Size; } }
        public static class All { public static readonly List<object> Of = []; }
        [Wire] public partial class A { private readonly N.Table _table = new(); public void M() => All.Of.Add(_table); }
        """,
        ("Wires.SafeTypes.txt", "# ours\nN.Table # guards itself\n"));

    [Fact]
    public Task FindsTypesThatTheAdditionalFileDoesNotName() => Finds(
        """
        namespace N { public sealed class Table { public int Size; } }
        public static class All { public static readonly List<object> Of = []; }
        [Wire] public partial class A { private readonly N.Table _table = new(); public void M() => All.Of.Add([|_table|]); }
        """,
        "'_table' leaks",
        ("Wires.SafeTypes.txt", "# N.Table\nTable\nN.Tables\n"));

    [Fact]
    public Task LeavesAloneAnInterfaceOfWhichTwoClassesAreKnown() => LeavesAlone(
        """
        public interface ISink { void Put(object o); }
        public sealed class Kept : ISink { private object? _o; public void Put(object o) => _o = o; public object? O => _o; }
        public sealed class Shown : ISink { public void Put(object o) => Console.WriteLine(o); }
        [Wire] public partial class A(ISink sink) { public void M() => sink.Put(this); }
        """);

    [Fact]
    public Task LeavesAloneOtherClasses() => LeavesAlone(
        """
        public static class All { public static readonly List<object> Of = []; }
        public class Plain { private readonly List<int> _list = []; public void M() { All.Of.Add(this); All.Of.Add(_list); } }
        [Wire] public partial class A { private class Inner { public void M() => All.Of.Add(this); } }
        """);
}
