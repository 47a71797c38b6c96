namespace Wires.Tests.Generators;

/// <summary>A wire class for each thing that user code may do. Each has to compile without a warning.</summary>
internal static class WireSamples
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Home"] = """
            namespace N;
            public interface IBase { Task<int> Inherited(int handle); }
            public interface IOf<T> { ValueTask<T> Of(T value); }
            public class Line { public string Text { get; set; } = ""; }
            [Home(CallTimeout = "00:05:00")] public interface IConsole : IBase, IOf<List<Line?>>
            {
                const int Most = 3;
                static int Twice(int x) => 2 * x;
                ValueTask WriteAsync(string text, params Line[] lines);
                ValueTask<string?> ReadAsync(string? prompt = null, CancellationToken cancellation = default);
                ValueTask<string?> ReadAsync(in Line Handle);
                Task @lock(int @in, Account.Kind turn, AccountRef @this);
                Task<Line[]> Swap([Move] Line[] lines) => Task.FromResult(lines);
                [Obsolete("old")] ValueTask Old();
                [return: Move] ValueTask<(int X, Line? Y)> Tuple((int A, string B)? _handle);
                private int Own() => Twice(Most);
                sealed int Sealed() => Own();
            }
            [Home] internal interface IEmpty;
            public class Outer { public struct Inner { [Home] internal interface IDeep { ValueTask Go(); } } }
            [Wire] public partial class Account(IConsole console, IOf<List<Line?>> local, IConsole? maybe = null)
            {
                public enum Kind { A }
                public async WireTask<string?> Ask() { await local.Of([]); await (maybe ?? console).WriteAsync("?", new Line()); return await console.ReadAsync(); }
            }
            """,
        ["HomeWithoutNamespace"] = """
            [Home] public interface IConsole { ValueTask WriteAsync(string text); }
            """,
        ["NoNamespace"] = """
            [Wire] public partial class Global { public int One() => 1; }
            """,
        ["KeywordNamespace"] = """
            namespace @event.@class.@record { [Wire] public partial class @int { public int @new(int @out) => @out; } }
            """,
        ["Internal"] = """
            namespace N;
            internal sealed record Secret(int Value);
            [Wire] internal partial class Hidden { public Secret Get(Secret secret) => secret; }
            """,
        ["Nested"] = """
            namespace N;
            public partial class Outer
            {
                public partial record Middle
                {
                    public partial record struct Inner
                    {
                        [Wire] internal partial class Worker { public WorkerRef Me(WorkerRef other) => other; }
                    }
                    internal Outer.Middle.Inner.WorkerRef First { get; set; }
                    [Wire] protected internal partial class Heir { public HeirRef Me(HeirRef other) => other; }
                }
                public partial interface IPlace { [Wire] public partial class Here { public void Go() { } } }
                public partial struct Place { [Wire] private partial class There { public void Go() { } } }
            }
            """,
        ["NestedInStruct"] = """
            namespace N;
            public partial struct Place { [Wire] internal partial class There { public void Go() { } } }
            public static partial class Places { [Wire] public partial class There { public void Go(Place place) { } } }
            """,
        ["NestedPrivate"] = """
            namespace N;
            public partial class Outer
            {
                [Wire] private partial class Worker { private Part _part; public Part Get(Part part) => _part = part; public struct Part { public int X { get; set; } } }
                private static ValueTask<Worker.Part> Use(WorkerRef worker) => worker.Get(default);
                protected partial class Deep { [Wire] private partial class Worker { public int Get() => 1; } }
            }
            """,
        ["Generic"] = """
            namespace N;
            public interface IThing<T>;
            [Wire] public partial class Cache<TKey, @event>
                where TKey : notnull, IThing<@event?>
                where @event : class?, IThing<TKey>, new()
            {
                private readonly Dictionary<TKey, @event> _items = [];
                public @event? Last { get; private set; }
                public @event? Get(TKey key) => _items.GetValueOrDefault(key);
                public void Set(TKey key, @event value) { _items[key] = value; Last = value; }
                public List<KeyValuePair<TKey, @event>> All() => [.. _items];
                public async WireTask<@event?> From(CacheRef<TKey, @event> other, TKey key) => await other.Get(key);
            }
            """,
        ["GenericConstraints"] = """
            namespace N;
            [Wire] public partial class A<T> where T : struct { private T? _t; public T? Get(T value) => _t = value; }
            [Wire] public partial class B<T> where T : unmanaged, Enum { public T Get(T value) => value; }
            [Wire] public partial class C<T, U> where U : T where T : notnull { public T Get(U value) => value; }
            [Wire] public partial class D<T> where T : IComparable<T>? { private T _t = default!; public T? Get(T? value) => value ?? _t; public void Set(T t) => _t = t; }
            [Wire] public partial class E<T>(T first) where T : class { private T _last = first; public T? Get() => _last; public void Set(T? t = null) => _last = t ?? _last; }
            """,
        ["GenericNested"] = """
            namespace N;
            public partial class Outer<T> where T : notnull
            {
                [Wire] public partial class Inner<U>
                {
                    private readonly List<(T, U)> _pairs = [];
                    public Outer<T>.InnerRef<U> Self(InnerRef<U> me, T t, U u) { _pairs.Add((t, u)); return me; }
                }
                public ValueTask<Outer<int>.InnerRef<string>> Use(Outer<int>.InnerRef<string> inner) => inner.Self(inner, 1, "");
            }
            """,
        ["NestedInGeneric"] = """
            namespace N;
            public partial class Outer<T>
            {
                [Wire] public partial class Plain { private readonly List<PlainRef> _all = []; public PlainRef? Me(PlainRef me) { _all.Add(me); return me; } }
                private sealed record Hidden(T? Value);
                [Wire] private partial class Secret { private Hidden? _hidden; private SecretRef? _other; public Hidden? Get(Hidden hidden, List<SecretRef> others) { _other = others[0]; return _hidden = hidden; } public bool Has() => _other is null; }
                private static ValueTask<Hidden?> Use(SecretRef secret) => secret.Get(new Hidden(default), []);
            }
            public static class Use { public static Outer<int>.PlainRef Plain; public static List<N.Outer<string>.PlainRef> Plains = []; }
            """,
        ["PrivateTypes"] = """
            namespace N;
            public partial class Owner
            {
                private sealed class Part { private int _n; public string? Name { get; private set; } public List<Piece>? Pieces { get; set; } public int Next() { Name = ""; return _n++; } }
                private record struct Piece(string Text, Part? Of);
                protected enum Kind { A, B }
                [Wire] private protected partial class Worker
                {
                    private readonly Dictionary<Kind, List<Part>> _parts = [];
                    private Box<string>? _box;
                    private sealed class Box<T> { public T? Content { get; set; } }
                    private Piece?[]? _pieces;
                    private int Fill(Part part, Piece piece) { _parts[Kind.A] = [part]; _pieces = [piece]; _box = new() { Content = part.Name }; return part.Next(); }
                    public int Count() => Fill(new Part { Pieces = [] }, new Piece("", null)) + _parts.Count + (_box is null ? 0 : 1) + (_pieces is null ? 0 : 1);
                }
            }
            """,
        ["Unsendable"] = """
            namespace N;
            public static class Shared;
            public abstract class Open { public int X; }
            [Wire] public partial class Unsendable
            {
                public object? Any(object a, Action b, System.IO.Stream c, Task<int> d, dynamic e, Type f, List<object> g, Open h, IDisposable i, Exception j) => a;
                public Func<int>? Back() => null;
                public Dictionary<string, System.IO.Stream[]>? Deep(int[,,,,] a, Unsendable b, Lazy<Action> c) => null;
            }
            """,
        ["ClosedGenerics"] = """
            namespace N;
            [Wire] public partial class Cache<T> { public T? Get(T? value) => value; }
            [Wire] public partial class User
            {
                private CacheRef<int> _ints;
                private readonly List<CacheRef<string?>?> _strings = [];
                public CacheRef<(int A, CacheRef<Guid[]> B)> Nested(CacheRef<(int A, CacheRef<Guid[]> B)> nested) { _ints = default; _strings.Clear(); return nested; }
                public Dictionary<CacheRef<int>, N.CacheRef<long>> All() => new() { [_ints] = default };
            }
            public static class Elsewhere { public static object Name(IWires wires) => wires.Get<CacheRef<UserRef>>("x"); }
            """,
        ["Bases"] = """
            namespace N;
            public abstract class Root<T>
            {
                private readonly List<T> _items = [];
                private T? _last;
                protected internal int Seen { get; private set; }
                public void Add(T item) { _items.Add(item); _last = item; Seen++; }
                public virtual T? Last() => _last;
                public abstract int Count();
                public override string ToString() => "root";
            }
            public class Middle : Root<string>
            {
                private int _items;
                public sealed override string? Last() => base.Last() + _items++;
                public override int Count() => _items;
                public void Hidden(int x) => _items += x;
            }
            [Wire] public partial class Leaf : Middle
            {
                private long _items;
                public new void Hidden(int x) => _items += x;
                public override int Count() => (int)_items;
                public override bool Equals(object? obj) => obj is Leaf;
                public override int GetHashCode() => 1;
            }
            """,
        ["GenericBaseOfGeneric"] = """
            namespace N;
            public class Holder<TKey, TItem> where TKey : notnull
            {
                private readonly Dictionary<TKey, TItem> _items = [];
                public int Version { get; private set; }
                public void Put(TKey key, TItem item) { _items[key] = item; Version++; }
            }
            public class Plain { private int _plain; public int Plus() => ++_plain; }
            public class Between<X> : Holder<string, List<X>> { private X? _x; public X? Swap(X? x) { (_x, x) = (x, _x); return x; } }
            [Wire] public partial class W<T> : Between<T[]> { private readonly T? _own = default; public int Zero() => _own is null ? 0 : 1; }
            [Wire] public partial class V<T> : Plain { public T? Get() => default; }
            """,
        ["WireOfWire"] = """
            namespace N;
            [Wire] public partial class Animal { private int _age; public virtual int Age() => _age++; public void Feed(AnimalRef other) { } }
            [Wire] public partial class Dog : Animal { private int _age; public override int Age() => base.Age() + _age++; public DogRef Bark(AnimalRef at, DogRef me) => me; }
            """,
        ["Nullability"] = """
            #nullable enable
            namespace N;
            [Wire] public partial class Nulls
            {
                private string? _text;
                private List<string?>? _list;
                private int? _number;
                public string? Text(string? text, List<string?>? list, int? number, string?[]?[] jagged, Dictionary<string, int?[]?> map) { _text = text; _list = list; _number = number; return _text; }
                public int? Number() => _number + _list?.Count;
                public Task<string?> Later() => Task.FromResult(_text);
                public NullsRef? Me(NullsRef? me = null) => me;
                public (string? A, NullsRef? B)? Pair((string? A, NullsRef? B)? pair = null) => pair;
            }
            """,
        ["Oblivious"] = """
            #nullable disable
            namespace N;
            [Wire] public partial class Old
            {
                private string _text;
                public string Text(string text = null, List<string> list = null) { _text = text; return _text; }
            }
            """,
        ["Defaults"] = """
            namespace N;
            public enum Colour : byte { Red, Green = 7 }
            [Flags] public enum Bits { A = 1, B = 2 }
            [Wire] public partial class Defaults
            {
                public const int Most = 10;
                public string All(bool a = true, byte b = 1, sbyte c = -1, short d = -2, ushort e = 3, int f = int.MinValue, uint g = 5, long h = long.MinValue, ulong i = ulong.MaxValue,
                    char j = '\'', char k = '\0', float l = float.NaN, double m = double.NegativeInfinity, double n = 1.5e300, decimal o = 1.50m, string p = "a\"\\\n\u2028é", string? q = null,
                    Colour r = Colour.Green, Bits s = Bits.A | Bits.B, Colour? t = Colour.Red, Colour? u = null, int? v = 5, Guid w = default, TimeSpan x = default, int y = Most, float z = 1e-10f,
                    Colour aa = (Colour)99, DefaultsRef bb = default, nint cc = 3, CancellationToken ct = default) => p;
            }
            """,
        ["CallerInfo"] = """
            using System.Runtime.CompilerServices;
            using System.Diagnostics.CodeAnalysis;
            namespace N;
            [Wire] public partial class Callers
            {
                public string? Who([CallerMemberName] string? who = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => who + file + line;
                public void That(bool condition, [CallerArgumentExpression(nameof(condition))] string text = "") { }
                public void Lenient([AllowNull] string text) { }
            }
            """,
        ["Overloads"] = """
            namespace N;
            [Wire] public partial class Overloads
            {
                public int M() => 0;
                public int M(int x) => x;
                public int M(long x) => (int)x;
                public int M(object x) => 1;
                public int M(string x) => 2;
                public int M(int x, CancellationToken ct) => 3;
                public int M(CancellationToken ct, int x) => 4;
                public int M(List<int> x) => 5;
                public int M(int[] x) => 6;
                public int M(OverloadsRef x) => 7;
                public int M(OverloadsRef? x) => 8;
            }
            """,
        ["Keywords"] = """
            namespace N;
            [Wire] public partial class Keywords
            {
                private int @class;
                public int @int { get; set; }
                private readonly string @string = "";
                public int @event(int @new, string @params, int value, int @await) => @class + @new + @string.Length;
                public void @async(int @in, CancellationToken @is) => @class = @in;
                public void @await() { }
                public int record(int record, int var, int dynamic) => record;
            }
            """,
        ["NamesThatTheGeneratedCodeUses"] = """
            namespace N;
            [Wire] public partial class Names
            {
                private int self;
                private readonly int _handle = 1;
                private readonly int Type = 2;
                private int Create { get; } = 3;
                public int M(int turn, int result, int exception, int call, List<int> wire, int writer, int reader, int Method, int _handle, int self, int services, int M_0, int __Wire) => this.self + result;
                public Task<int> N(int turn, int turn_, in List<int> wire, int wireCopy) => Task.FromResult(self++ + Create + Type + _handle);
                public int Rent(int Rent) => Rent;
                public int Send(int Send) => Send;
                public int Invoke(int Cancellation) => Cancellation;
                public int Type_0() => 0;
                public void Clear(string Clear) { }
                public int Names_(string Names) => 0;
                public int get_X() => 1;
            }
            """,
        ["Modifiers"] = """
            namespace N;
            public struct Big { public long A, B, C; public List<int>? D; }
            [Wire] public partial class Modifiers
            {
                public int Params(string format, params object[] args) => args.Length;
                public int ParamsList(params List<int> xs) => xs.Count;
                public int ParamsEnumerable(params IEnumerable<int> xs) => xs.Count();
                public long In(in Big big, in int x, in Guid id = default) => big.A + x;
                public List<int> Moved([Move] List<int> xs) => xs;
                [return: Move] public List<int> MovedBack(List<int> xs) => xs;
            }
            """,
        ["Tuples"] = """
            namespace N;
            [Wire] public partial class Tuples
            {
                private (int Count, List<string> Names) _pair;
                public (int Count, List<string> Names) Get((int A, (string B, int)) x, (int, int)[] plain, (int a, int b, int c, int d, int e, int f, int g, int h, int @event) eight) => _pair;
                public void Set((int Count, List<string> Names) pair) => _pair = pair;
                public ValueTuple<int> One(ValueTuple<int> one, ValueTuple none) => one;
            }
            """,
        ["Records"] = """
            namespace N;
            public sealed record Point(int X, int Y);
            public record Shape(string Name, List<Point> Points);
            public readonly record struct Size(int W, int H);
            public enum Kind { A, B }
            [Wire] public partial class Records
            {
                private readonly Dictionary<Kind, Shape> _shapes = [];
                public Shape Get(Kind kind, Point at, Size size, Kind? other, Size? maybe) => _shapes[kind];
                public void Set(Kind kind, Shape shape) => _shapes[kind] = shape;
            }
            """,
        ["Refs"] = """
            namespace N.One { [Wire] public partial class A { public void Go() { } } public static partial class Holder { [Wire] public partial class B { public void Go() { } } } }
            namespace N.Two
            {
                using N.One;
                using Short = N.One.ARef;
                [Wire] public partial class C
                {
                    private ARef _a;
                    private readonly Dictionary<ARef, List<Holder.BRef?>> _map = [];
                    public async WireTask<ARef> Pass(ARef a, ARef? b, List<ARef> c, ARef[] d, (ARef X, Holder.BRef? Y) e, global::N.One.ARef f, N.One.Holder.BRef g, CRef h, KeyValuePair<ARef, ARef?> i, IReadOnlyList<ARef?>? j, Short k)
                    {
                        await a.Go();
                        if (b is { } set) await set.Go();
                        await e.X.Go();
                        _a = a;
                        return _map.Count > 0 ? _a : k;
                    }
                    public List<ARef?>? Many() => null;
                    public IAsyncEnumerable<ARef> Stream() => throw new NotSupportedException();
                }
            }
            """,
        ["RefsInRecords"] = """
            namespace N;
            public record Order(CustomerRef Customer, List<ItemRef> Items);
            [Wire] public partial class Customer { public void Buy(Order order) { } }
            [Wire] public partial class Item { private Order? _order; public Order? Sold(Order order) => _order = order; }
            """,
        ["RefWithUserPart"] = """
            namespace N;
            [Wire] public partial class Account { public void Deposit(int amount) { } public AccountRef Twice(AccountRef me, AccountRef? other) => me; }
            public readonly partial struct AccountRef { public async ValueTask DepositTwice(int amount) { await Deposit(amount); await Deposit(amount); } }
            """,
        ["Returns"] = """
            namespace N;
            [Wire] public partial class Returns
            {
                private int _x;
                public void A() => _x++;
                public int B() => _x;
                public Task C() => Task.CompletedTask;
                public Task<int> D() => Task.FromResult(_x);
                public ValueTask E() => default;
                public ValueTask<List<int>> F() => new([_x]);
                public async WireTask G() => await Task.Yield();
                public async WireTask<int?> H() { await Task.Yield(); return _x; }
                public dynamic I(dynamic x) => x;
                public int[][,] J(int[,][] x) => throw new NotSupportedException();
            }
            """,
        ["OneWay"] = """
            namespace N;
            [Wire] public partial class OneWays
            {
                [OneWay] public void A(string text) { }
                [OneWay] public Task B(List<int> xs) => Task.CompletedTask;
                [OneWay] public ValueTask C(CancellationToken ct) => default;
                [OneWay, Interleave] public async WireTask D() => await Task.Yield();
            }
            """,
        ["Streams"] = """
            using System.Runtime.CompilerServices;
            namespace N;
            [Wire] public partial class Streams
            {
                public async IAsyncEnumerable<int> A(int from, [EnumeratorCancellation] CancellationToken ct = default) { await Task.Delay(1, ct); yield return from; }
                public async IAsyncEnumerable<List<int>> B() { await Task.Yield(); yield return []; }
                public IAsyncEnumerable<string?> C(CancellationToken ct, List<int> x) => throw new NotSupportedException();
                [return: Move] public IAsyncEnumerable<int[]> D() => throw new NotSupportedException();
            }
            """,
        ["Ticks"] = """
            namespace N;
            public class Ticker { [Every("0:0:1")] protected virtual void Base() { } [Every("0:0:1")] private void Unreachable() { } public void Use() => Unreachable(); }
            [Wire] public partial class Ticks : Ticker
            {
                [Every("00:00:05")] public void A() { }
                [Every("1.00:00:00")] private Task B(CancellationToken ct) => Task.CompletedTask;
                [Every("00:00:00.5"), Interleave] private async WireTask C() => await Task.Yield();
                protected override void Base() { }
            }
            """,
        ["State"] = """
            namespace N;
            [Wire] public partial class Stuck
            {
                private Action? _delegate;
                public event Action? Changed;
                private Task? _task;
                private CancellationToken _token;
                public int M(CancellationToken token) { _delegate = null; Changed?.Invoke(); _task = null; _token = token; return (_delegate is null ? 1 : 0) + (_task is null ? 1 : 0) + (_token.CanBeCanceled ? 1 : 0); }
            }
            [Wire] public partial class State
            {
                public static int Shared;
                public const int Constant = 1;
                private int _a;
                private readonly int _b = 1;
                private List<int>? _c;
                public int Auto { get; set; }
                public int GetOnly { get; } = 1;
                public string Init { get; init; } = "";
                public int Half { get => field; set => field = value + 1; }
                public int Computed => _a;
                internal volatile int Fast;
                [Local] private object? _local = new();
                [Local] public object? LocalProperty { get; set; }
                [field: Local] public object? LocalField { get; set; }
                private (int X, string Y) _tuple;
                private ulong @ulong;
                public int M() { _a++; _c = []; Fast++; _tuple = default; @ulong++; return _b + _c.Count + (_local is null ? 1 : 2) + _tuple.X + (int)@ulong; }
            }
            """,
        ["Required"] = """
            namespace N;
            public class Base { public required string Name { get; init; } }
            [Wire] public partial class Required : Base { public required int @int; public required List<int> Items { get; set; } public string Get() => Name; }
            [Wire] public partial class Set : Base { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Set() => Name = ""; public string Get() => Name; }
            """,
        ["Constructors"] = """
            using Microsoft.Extensions.DependencyInjection;
            namespace N;
            public interface IA; public interface IB<T>;
            [Wire] public partial class One(IA a, IB<int>? b, [FromKeyedServices("k")] IA keyed, [FromKeyedServices(typeof(int))] IA byType, IServiceProvider all, [FromKeyedServices(5)] IA? none = null, IB<string>? optional = null, int number = 5, string text = "x")
            {
                public int Get() => a is null || b is null || keyed is null || byType is null || all is null || none is null || optional is null ? number : text.Length;
            }
            [Wire] public partial class Two { public Two() { } public Two(IA a) { } protected Two(IA a, IA b) { } public void Go() { } }
            [Wire] public partial class Three { private Three(IA a) { } private Three(ref int x) { } public void Go() { } }
            [Wire] public partial class Four { [ActivatorUtilitiesConstructor] internal Four() { } public Four(IA a) { } public void Go() { } }
            """,
        ["Lifecycle"] = """
            namespace N;
            [Wire(Name = "life", IdleAfter = "00:01:00", CallTimeout = "00:00:03", MailboxCapacity = 5)]
            public partial class Life : IAttached, IDetaching, IDisposable, IAsyncDisposable
            {
                public async WireTask OnAttached(AttachReason reason) => await Task.Yield();
                async WireTask IDetaching.OnDetaching(DetachReason reason) => await Task.Yield();
                public void Dispose() => GC.SuppressFinalize(this);
                public ValueTask DisposeAsync() => default;
                public void Dispose(bool really) { }
                public void OnAttached(string other) { }
            }
            [Wire] public partial class NotLife { public void OnAttached(AttachReason reason) { } public int this[int x] => x; public int P => 1; public static int S() => 1; public T G<T>(T t) => t; public event Action? E { add { } remove { } } public static NotLife operator +(NotLife a, NotLife b) => a; }
            """,
        ["Interfaces"] = """
            namespace N;
            public interface IGreeter { string Greet(string name); string Default() => "hi"; }
            [Wire] public partial class Greeter : IGreeter, IComparable<int>
            {
                public string Greet(string name) => name;
                int IComparable<int>.CompareTo(int other) => 0;
            }
            """,
        ["Documentation"] = """
            namespace N;
            /// <summary>Documented.</summary>
            /// <typeparam name="T">What.</typeparam>
            [Wire] public partial class Documented<T>
            {
                /// <summary>One <see cref="List{T}"/> of <see cref="Two"/>, <see cref="DocumentedRef{T}"/>, <see cref="string.Length"/> &amp; <paramref name="x"/>.</summary>
                /// <remarks>
                /// Over
                ///   lines.
                /// </remarks>
                /// <param name="x">It.</param>
                /// <exception cref="ArgumentException">Never.</exception>
                public void One(int x) { }

                /**
                 * <summary>Two.</summary>
                 */
                public void Two() { }

                /// <inheritdoc/>
                public int CompareTo(int other) => 0;

                // No documentation.
                public void Four() { }
            }
            """,
        ["ObsoleteAndExperimental"] = """
            using System.Diagnostics.CodeAnalysis;
            namespace N;
            [Wire] public partial class Aged
            {
                [Obsolete("Use New.", true)] public void Old() { }
                [Obsolete] public int Older(int x) => x;
                [Experimental("EXP1")] public int New() => 1;
            }
            """,
        ["Exceptions"] = """
            namespace N;
            public class PlainException(string message) : Exception(message);
            public sealed class InnerException : InvalidOperationException { public InnerException(string message) : base(message) { } public InnerException(string message, Exception? inner) : base(message, inner) { } }
            public class FieldException(string message, int code) : Exception(message) { public int Code { get; } = code; }
            public class StateException(string message) : Exception(message) { public int Code { get; } = 1; }
            public class Derived(string message) : PlainException(message);
            public abstract class AbstractException(string message) : Exception(message);
            public class GenericException<T>(string message) : Exception(message);
            public class Outer { private class PrivateException(string message) : Exception(message); internal class NestedException(string? message) : Exception(message); }
            public class NotAnException;
            """,
        ["PartialOverFiles"] = """
            namespace N
            {
                [Wire] public partial class Split { private int _a; public int A() => _a++; public partial int C(int x); }
                public partial class Split { private int _b; public int B() => _b++; public partial int C(int x) => x; }
            }
            """,
        ["Immutables"] = """
            using System.Collections.Immutable;
            using System.Collections.Frozen;
            namespace N;
            [Immutable] public class Marked { public int X; }
            public sealed class ReadOnly { public readonly int X; public string? Y { get; init; } public ReadOnly? Next { get; init; } }
            public class Open { public readonly int X; }
            public struct Pair { public int X; public string? Y; }
            [Wire] public partial class Immutables
            {
                public void Shared(ImmutableArray<int> a, ImmutableDictionary<string, Guid?> b, FrozenSet<DateTime> c, Marked d, ReadOnly e, Pair f, Uri g, Version h, (int, string) i, KeyValuePair<int, string> j, Tuple<int> k, WireId l, System.Numerics.BigInteger m) { }
                public void Copied(ImmutableArray<int[]> a, ImmutableArray<int>.Builder b, Open c, (int, List<int>) d, IReadOnlyList<int> e, object f, IImmutableList<int> g) { }
            }
            """,
    };
}
