using System.Reflection;
using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Tests.Serialization.Images;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>The generated state code reaches every field, whoever declared it: run, not read.</summary>
public sealed class StateTests
{
    private const string Source = """
        namespace N;
        public class Holder<TKey, TItem> where TKey : notnull
        {
            private TItem? _item;
            private readonly int _count = 1;
            public TKey? Key { get; private set; }
            protected void Put(TKey key, TItem item) { Key = key; _item = item; System.Runtime.CompilerServices.Unsafe.AsRef(in _count) = 7; }
            protected string Print() => $"{Key} {_item} {_count}";
        }
        public class Between<X> : Holder<string, X> { private int _count = 2; private X? _x; public void Set(X x) { Put("key", x); _x = x; _count = 8; } protected new string Print() => $"{base.Print()} {_count} {_x}"; }
        [Wire] public partial class Open<T> : Between<T> where T : struct { private readonly T _own; public int Auto { get; private set; } public void Fill(T t) { Set(t); System.Runtime.CompilerServices.Unsafe.AsRef(in _own) = t; Auto = 9; } public override string ToString() => $"{Print()} {_own} {Auto}"; }
        [Wire] public partial class Closed : Between<long> { private long _own; public int Auto { get; private set; } public void Fill(long t) { Set(t); _own = t; Auto = 9; } public override string ToString() => $"{Print()} {_own} {Auto}"; }
        public class Plain { private int _plain; protected int Plus() => ++_plain; protected int Value => _plain; }
        [Wire] public partial class Mixed<T> : Plain { private T? _t; public void Fill(T t) { _t = t; Plus(); } public override string ToString() => $"{Value} {_t}"; }
        public partial class Outer<A> { [Wire] public partial class Inner<B> : Between<B> { private readonly A? _a = default; public void Fill(B b) { Set(b); } public override string ToString() => $"{Print()} {_a}"; } }
        """;

    private static readonly Lazy<Assembly> Sample = new(static () => GeneratorHarness.Run(Source).Load());

    [Theory]
    [InlineData("N.Closed", null, 5L, "key 5 7 8 5 5 9")]
    [InlineData("N.Open`1", typeof(int), 5, "key 5 7 8 5 5 9")]
    [InlineData("N.Mixed`1", typeof(string), "x", "1 x")]
    [InlineData("N.Outer`1+Inner`1", typeof(int), 5, "key 5 7 8 5 0")]
    public void EveryFieldComesBack(string name, Type? argument, object value, string expected)
    {
        var type = Sample.Value.GetType(name, throwOnError: true)!;
        type = argument is null ? type : type.MakeGenericType([.. Enumerable.Repeat(argument, type.GetGenericArguments().Length)]);
        var descriptor = type.GetNestedType("__Wire", BindingFlags.NonPublic)!;
        descriptor = argument is null ? descriptor : descriptor.MakeGenericType(type.GetGenericArguments());
        var wireType = (WireType)descriptor.GetField("Type")!.GetValue(null)!;

        var from = wireType.Create(null!);
        type.GetMethod("Fill")!.Invoke(from, [value]);
        Assert.Equal(expected, from.ToString());
        Assert.Equal(expected, Copy(wireType, from).ToString());
        Assert.Equal(expected, ImageTrip.Of(wireType, from).ToString());
    }

    private static object Copy(WireType type, object wire)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        type.WriteState(wire, ref writer);
        writer.Flush();
        var copy = type.Create(null!);
        var reader = new WireReader(buffer.WrittenSpan);
        type.ReadState(copy, ref reader);
        return copy;
    }
}
