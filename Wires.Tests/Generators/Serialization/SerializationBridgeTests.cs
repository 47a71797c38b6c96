using Xunit;

namespace Wires.Tests.Generators.Serialization;

/// <summary>Annotated types in a project that references the MemoryPack library are left to that library.</summary>
public sealed class SerializationBridgeTests
{
    // The library cannot be restored here; this one has its signatures and writes something recognizable.
    private const string Library = """
        namespace MemoryPack
        {
            public class MemoryPackSerializerOptions;
            public static class MemoryPackSerializer
            {
                public static byte[] Serialize<T>(in T? value, MemoryPackSerializerOptions? options = default) => value is null ? [255] : [77, (byte)(int)typeof(T).GetProperty("N")!.GetValue(value)!];
                public static int Deserialize<T>(ReadOnlySpan<byte> buffer, ref T? value, MemoryPackSerializerOptions? options = default)
                {
                    value = buffer[0] == 255 ? default : (T)Activator.CreateInstance(typeof(T))!;
                    if (value is not null) typeof(T).GetProperty("N")!.SetValue(value, (int)buffer[1]);
                    return value is null ? 1 : 2;
                }
                public static T? Deserialize<T>(ReadOnlySpan<byte> buffer, MemoryPackSerializerOptions? options = default) { T? value = default; Deserialize(buffer, ref value); return value; }
            }
        }
        """;

    private const string Source = Library + """
        [MemoryPackable] public class T { public int N { get; set; } }
        public class Plain { public T? A; public int B; public T? C; }
        public static class Roots { static Plain? plain; }
        public static class Program
        {
            public static string Main()
            {
                var plain = new Plain { A = new T { N = 5 }, B = 6 };
                var bytes = WireSerializer.Serialize(plain);
                var whole = WireSerializer.Deserialize<Plain>(bytes)!;
                var first = new Segment(bytes.AsMemory(0, 2));
                var parts = WireSerializer.Deserialize<Plain>(new System.Buffers.ReadOnlySequence<byte>(first, 0, first.Append(bytes.AsMemory(2)), bytes.Length - 2))!;
                var copy = WireFormatters.Get<Plain>().Copy(plain)!;
                return Convert.ToHexString(bytes) + string.Concat(new[] { whole, parts, copy }.Select(p => $" {p.A!.N}{p.B}{p.C is null}")) + (copy.A != plain.A);
            }

            sealed class Segment : System.Buffers.ReadOnlySequenceSegment<byte>
            {
                public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;
                public Segment Append(ReadOnlyMemory<byte> memory) { var next = new Segment(memory) { RunningIndex = Memory.Length }; Next = next; return next; }
            }
        }
        """;

    [Fact]
    public void TheLibraryWritesAndReadsThem() => Assert.Equal("034D0506000000FF 56True 56True 56TrueTrue", FormatterCompilation.Of(Source).Run());

    [Fact]
    public void WithoutTheLibraryTheyAreWrittenHere() =>
        Assert.Equal(Wires.Generators.Serialization.FormatterLayout.Object, FormatterCompilation.Of("[MemoryPackable] public class T { public int N; } public static class Roots { static T? t; }").Set.Formatters.Single().Layout);
}
