using Microsoft.CodeAnalysis;
using Xunit;

namespace Wires.Tests.Generators.Serialization;

/// <summary>Which types are handed over as they are: nobody can change their values.</summary>
public sealed class SerializationSharingTests
{
    [Theory]
    [InlineData("int", true)]
    [InlineData("string", true)]
    [InlineData("DayOfWeek?", true)]
    [InlineData("Guid", true)]
    [InlineData("(int, string)", true)]
    [InlineData("(int, List<int>)", false)]
    [InlineData("int[]", false)]
    [InlineData("List<string>", false)]
    [InlineData("System.Collections.Immutable.ImmutableArray<string>", true)]
    [InlineData("System.Collections.Immutable.ImmutableArray<int[]>", false)]
    [InlineData("System.Collections.Frozen.FrozenDictionary<string, int>", true)]
    [InlineData("IReadOnlyList<int>", false)]
    [InlineData("Sealed", true)]
    [InlineData("Open", false)]
    [InlineData("Mutable", false)]
    [InlineData("Deep", false)]
    [InlineData("Self", true)]
    [InlineData("Marked", true)]
    [InlineData("MutableStruct", true)]
    [InlineData("Base", false)]
    [InlineData("OfOpen", false)]
    [InlineData("Hides", false)]
    public void OnlyWhatNobodyCanChangeIsShared(string type, bool isShared)
    {
        var compilation = FormatterCompilation.Of($$"""
            public sealed record Sealed(int A, string? B) { private readonly long _c = 1; public long C() => _c; public int D { get; } = 2; }
            public record Open(int A);
            public sealed class Mutable { public int A { get; set; } }
            public sealed record Deep(int[] A);
            public sealed record Self(Self? Next, System.Collections.Immutable.ImmutableList<Self> Others);
            [Wires.Immutable] public class Marked { private int[] _cache = []; public int Length => _cache.Length; }
            public struct MutableStruct { public string S; public int N; }
            public class Mid { private int _x; public int X() => _x++; }
            public sealed class Base : Mid { public readonly int A; }
            public sealed record OfOpen(Open O);
            public sealed record Hides([property: MemoryPackIgnore] string Secret) { public string Shown { get; init; } = ""; }
            public static class Roots { static {{type}} root = default!; }
            """);
        Assert.Null(compilation.Plan("root").Reason);
        Assert.Equal(isShared, compilation.Plan("root").IsShared);
    }

    [Fact]
    public void RefsThatAreYetToBeGeneratedAreShared()
    {
        var compilation = FormatterCompilation.Of(
            """
            namespace App
            {
                public record Order(AccountRef Buyer, AccountRef? Agent, List<CacheRef<int>> Caches);
            }
            public static class Roots { static App.Order? order; static App.AccountRef account; static NobodyRef nobody; }
            """,
            (type, _) => type.Name switch { "AccountRef" => new("global::App.AccountRef", false), "CacheRef" => new("global::App.CacheRef", false), _ => null });

        var account = compilation.Plan("account");
        Assert.Equal("global::App.AccountRef", account.Name);
        Assert.True(account is { IsShared: true, IsReference: false, HoldsReferences: true });
        Assert.Equal("'NobodyRef' cannot be found", compilation.Plan("nobody").Reason);
        Assert.Null(compilation.Plan("order").Reason);
        Assert.Equal(
            [
                "new global::Wires.Infrastructure.WireRefFormatter<global::App.AccountRef>()",
                "new global::Wires.Serialization.Formatters.NullableFormatter<global::App.AccountRef>()",
                "new global::Wires.Infrastructure.WireRefFormatter<global::App.CacheRef<int>>()",
                "new global::Wires.Serialization.Formatters.ListFormatter<global::App.CacheRef<int>>()",
            ],
            compilation.Set.BuiltIn.Select(r => r.Formatter));
    }

    [Fact]
    public void ModelsOfUnchangedTypesAreEqualAcrossCompilations()
    {
        const string Source = "public record Line(int A, List<Line> Others); public static class Roots { static Dictionary<string, Line>? root; }";
        var first = FormatterCompilation.Of(Source);
        var second = FormatterCompilation.Of(Source + " public class Unrelated;");
        var third = FormatterCompilation.Of(Source.Replace("int A", "long A", StringComparison.Ordinal));
        Assert.Equal(first.Set, second.Set);
        Assert.Equal(first.Plan("root"), second.Plan("root"));
        Assert.NotEqual(first.Set, third.Set);
    }
}
