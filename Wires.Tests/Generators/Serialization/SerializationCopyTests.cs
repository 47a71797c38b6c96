using Wires.Serialization;
using Xunit;

namespace Wires.Tests.Generators.Serialization;

/// <summary>A copy is what writing and reading would give, without the bytes.</summary>
public sealed class SerializationCopyTests
{
    private const string Types = """
        public class Inner { public int N; }
        public class Outer { public Inner? A; public Inner? B; public List<int> Numbers = [1]; public int[] Array = [1]; public Fixed? Fixed; public string Text = "t"; private readonly Inner _own = new(); public Inner Own() => _own; }
        public sealed record Fixed(string S, System.Collections.Immutable.ImmutableList<Fixed> Others);
        public class Chain { public Chain? Next; }
        public class Animal { public int Legs; }
        public class Cat : Animal { public int Lives = 9; }
        [MemoryPackUnion(1, typeof(Dot))] public interface IShape;
        public class Dot : IShape { public Inner? At; }
        public class Blob : IShape;
        public struct Pair { public string S; public Inner? I; }
        public static class Roots { static Outer? o; static Chain? c; static Animal? a; static IShape? s; static Pair p; static Fixed? f; static Cat? cat; static Dictionary<string, Animal>? zoo; }
        public static class Program
        {
            static T Copy<T>(T value) => WireFormatters.Get<T>().Copy(value)!;
            static string Failure(Action act) { try { act(); return "none"; } catch (WireSerializationException e) { return e.Message; } }

            public static bool PartsAreNotAliased()
            {
                var inner = new Inner { N = 5 };
                var value = new Outer { A = inner, B = inner };
                var copy = Copy(value);
                return copy != value && copy.A != inner && copy.B != copy.A && copy is { A.N: 5, B.N: 5 }
                    && copy.Numbers != value.Numbers && copy.Numbers is [1] && copy.Array != value.Array && copy.Array is [1] && copy.Own() != value.Own();
            }

            public static bool SharedPartsAreTheSame()
            {
                var part = new Fixed("s", []);
                var value = new Outer { Fixed = new Fixed("x", [part]) };
                return ReferenceEquals(Copy(value).Fixed, value.Fixed) && ReferenceEquals(Copy(part), part) && ReferenceEquals(Copy(value).Text, value.Text) && WireFormatters.Get<Fixed>().IsShared;
            }

            public static bool StructsAreCopiedInside()
            {
                var pair = new Pair { S = "s", I = new Inner { N = 1 } };
                var copy = Copy(pair);
                return copy.S == "s" && copy.I!.N == 1 && copy.I != pair.I;
            }

            public static string Cycle()
            {
                var chain = new Chain();
                chain.Next = chain;
                return Failure(() => Copy(chain)) + "|" + Failure(() => WireSerializer.Serialize(chain));
            }

            public static string Slice() => Failure(() => Copy<Animal>(new Cat())) + "|" + Failure(() => WireSerializer.Serialize<Animal>(new Cat()))
                + "|" + Failure(() => Copy(new Dictionary<string, Animal> { ["tom"] = new Cat() }));

            public static string UnknownCase() => Failure(() => Copy<IShape>(new Blob())) + "|" + Failure(() => WireSerializer.Serialize<IShape>(new Blob()));

            public static bool CasesAreCopied()
            {
                var dot = new Dot { At = new Inner { N = 3 } };
                return Copy<IShape>(dot) is Dot { At.N: 3 } copy && copy != dot && copy.At != dot.At && Copy<IShape?>(null) is null;
            }

            public static long Allocated()
            {
                var value = new Inner { N = 5 };
                Copy(value);
                var before = GC.GetAllocatedBytesForCurrentThread();
                Copy(value);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        """;

    private static readonly FormatterCompilation s_compilation = FormatterCompilation.Of(Types);
    private static readonly System.Reflection.Assembly s_assembly = s_compilation.Load();

    [Theory]
    [InlineData("PartsAreNotAliased")]
    [InlineData("SharedPartsAreTheSame")]
    [InlineData("StructsAreCopiedInside")]
    [InlineData("CasesAreCopied")]
    public void ACopyIsSeparateAndComplete(string method) => Assert.True((bool)Call(method));

    [Fact]
    public void ACycleIsAClearError() => Assert.All(((string)Call("Cycle")).Split('|'), message =>
    {
        Assert.Contains("refers to itself", message, StringComparison.Ordinal);
        Assert.Contains("Chain", message, StringComparison.Ordinal);
    });

    [Fact]
    public void ASubclassIsRefusedWhereItWouldBeSliced() => Assert.All(((string)Call("Slice")).Split('|'), message =>
    {
        Assert.Contains("Cat", message, StringComparison.Ordinal);
        Assert.Contains("Animal", message, StringComparison.Ordinal);
    });

    [Fact]
    public void ACaseThatTheUnionDoesNotNameIsRefused() => Assert.All(((string)Call("UnknownCase")).Split('|'), message => Assert.Contains("Blob", message, StringComparison.Ordinal));

    [Fact]
    public void ACopyAllocatesNothingButItself() => Assert.Equal(24L, Call("Allocated"));

    private static object Call(string method) => s_assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, null)!;
}
