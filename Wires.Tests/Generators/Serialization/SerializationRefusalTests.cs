using Xunit;

namespace Wires.Tests.Generators.Serialization;

/// <summary>What cannot travel is refused with the member, the reason and the way out.</summary>
public sealed class SerializationRefusalTests
{
    [Theory]
    [InlineData("", "object", "'object' could be anything; name a concrete type, or a base type with [MemoryPackUnion]")]
    [InlineData("", "Action<int>", "'System.Action<int>' is a delegate: its code and what it captured stay on their node; send data, or the ref of a wire to call back")]
    [InlineData("", "System.IO.MemoryStream", "'System.IO.MemoryStream' belongs to one node; send its bytes, or the ref of a wire that owns it")]
    [InlineData("", "System.Threading.Tasks.Task<int>", "'System.Threading.Tasks.Task<int>' runs on one node; await it and send its result")]
    [InlineData("", "Type", "'System.Type' names code that the reader may not have; send a string or an enum")]
    [InlineData("", "Dictionary<string, List<Func<int>>>", "'System.Func<int>' is a delegate")]
    [InlineData("public class Leaf { public System.IO.Stream? Sink; } public class Order { public List<Leaf> Lines = []; }", "Order", "Order.Lines → Leaf.Sink: 'System.IO.Stream' belongs to one node")]
    [InlineData("public interface IThing;", "IThing", "'IThing' is an interface, so that the format cannot know what stands behind it; name a concrete type, or its cases by [MemoryPackUnion(tag, typeof(…))]")]
    [InlineData("public abstract class Thing;", "Thing", "'Thing' is abstract")]
    [InlineData("public class T { public event Action? Changed; public void Raise() => Changed?.Invoke(); }", "T", "'T.Changed' is an event")]
    [InlineData("public class T(int seed) { public int Next() => seed++; }", "T", "'T' captures the constructor parameter 'seed'")]
    [InlineData("public class T : Exception { }", "T", "'T' holds what only its own node knows")]
    [InlineData("public class T : System.Text.Encoder { public override int GetByteCount(char[] c, int i, int n, bool f) => 0; public override int GetBytes(char[] c, int i, int n, byte[] b, int j, bool f) => 0; }", "T", "'T' derives from 'System.Text.Encoder', which keeps fields that the compiler cannot see; send a record of what matters")]
    [InlineData("", "System.Random", "'System.Random' keeps fields that the compiler cannot see; send a record of what matters")]
    [InlineData("public class Tags : List<string> { public int Version; }", "Tags", "'Tags' adds 'Version' to a collection, of which only the elements travel")]
    [InlineData("[MemoryPackable] public class T { public T() { } public T(int a) { } public int A; }", "T", "'T' has several constructors; mark the one to use with [MemoryPackConstructor]")]
    [InlineData("[MemoryPackable] public class T { public T(int other) { } public int A; }", "T", "'T' has a constructor whose parameter 'other' no member has the name and type of")]
    [InlineData("[MemoryPackable(GenerateType.VersionTolerant)] public class T { public int A; }", "T", "'T.A' needs a [MemoryPackOrder]")]
    [InlineData("[MemoryPackable(GenerateType.VersionTolerant)] public class T { [MemoryPackOrder(1)] public int A; [MemoryPackOrder(1)] public int B; }", "T", "'T' has two members with [MemoryPackOrder(1)]")]
    [InlineData("[MemoryPackUnion(1, typeof(string))] public interface IThing;", "IThing", "'IThing' names 'string' as a case of its union, which does not derive from it")]
    [InlineData("", "int[,,,,]", "'int[,,,,]' has more dimensions than the format knows (four); use an array of arrays")]
    [InlineData("public unsafe struct P { public int* At; }", "P", "'P.At' is an address of one process; send what it points at")]
    [InlineData("public partial class Holder { private class Hidden; }", "Holder.Hidden", "'Holder.Hidden' is not accessible to generated code; make it internal or public", "public partial class Holder { static class Inner { static Hidden? root; } }")]
    public void WhatCannotTravelSaysWhy(string declarations, string type, string reason, string? place = null)
    {
        // A private type can only be named where it is.
        var isPrivate = place is not null;
        var compilation = FormatterCompilation.Of($"{declarations} {place} public unsafe static class Roots {{ static {(isPrivate ? "Holder" : type)} root = default!; }}");
        var plan = isPrivate
            ? new Wires.Generators.Serialization.TypeClassifier(compilation.Compilation).Classify(compilation.Compilation.GetTypeByMetadataName("Holder+Hidden")!)
            : compilation.Plan("root");
        Assert.False(plan.IsSupported);
        Assert.StartsWith(reason, plan.Reason, StringComparison.Ordinal);
        if (!isPrivate)
        {
            Assert.Empty(compilation.Set.Formatters);
        }
    }

    [Fact]
    public void AMemberMarkedToBeAllowedIsLookedForAtRunTime()
    {
        var compilation = FormatterCompilation.Of("""
            public interface IThing;
            [MemoryPackable] public sealed class T { [MemoryPackAllowSerialize] public IThing? Thing { get; init; } public int N { get; init; } }
            public static class Roots { static T? root; }
            public static class Program { public static string Main() { try { WireSerializer.Serialize(new T()); return ""; } catch (WireSerializationException e) { return e.Message; } } }
            """);
        Assert.True(compilation.Plan("root") is { IsSupported: true, IsShared: false });
        Assert.Contains("No formatter is registered for this type", (string)compilation.Run()!, StringComparison.Ordinal);
    }

    [Fact]
    public void TypesThatReferToEachOtherAreRefusedTogether()
    {
        var compilation = FormatterCompilation.Of("public class A { public B? B; public System.IO.Stream? S; } public class B { public A? A; } public static class Roots { static A? a; static B? b; }");
        Assert.StartsWith("A.S: 'System.IO.Stream'", compilation.Plan("a").Reason, StringComparison.Ordinal);
        Assert.StartsWith("B.A → A.S: 'System.IO.Stream'", compilation.Plan("b").Reason, StringComparison.Ordinal);
    }
}
