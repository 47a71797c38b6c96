using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Generators;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>What is remembered from one run to the next is what a first run would find: each edit in another file that changes a wire's model is seen.</summary>
public sealed class MemoTests
{
    private const string Wire = """
        namespace N;
        [Home] public interface IServed : IExtended;
        [Wire] public partial class W(IPlace place) : Base
        {
            private Thing _thing = default!;
            public const int Most = 5;
            /// <summary>See <see cref="Other.Name"/>.</summary>
            public Thing Get(Thing thing, BRef b, Colour colour = Colour.Red, int most = Other.Most) => _thing = thing;
            public async WireTask Go() => await place.Go();
        }
        """;

    private const string Rest = """
        namespace N;
        [Wire] public partial class B : IAttached { public int X() => 1; public async WireTask OnAttached(AttachReason reason) => await Task.Yield(); public const int Most = 1; }
        public sealed class Thing { public readonly int X = 1; }
        public interface IPlace { ValueTask Go(); }
        public interface IExtended { ValueTask<Thing> See(); }
        public enum Colour { Red, Green }
        public class Base { private int _x; public int Up() { return _x++; } protected int Half { get => 1; } }
        [Wire] public partial class Other { public const int Most = 7; public string Name() => ""; private int _hidden; public int Hidden() => _hidden++; }
        [Wire] public partial class Heir : Other { }
        public class SomeException(string message) : Exception(message);
        public static class Use { public static CacheRef<int> Cache; }
        [Wire] public partial class Cache<T> { public T? Get() => default; }
        """;

    [Theory]
    [InlineData("a class becomes mutable", "public readonly int X = 1;", "public int X = 1;")]
    [InlineData("a class becomes a struct", "public sealed class Thing", "public struct Thing")]
    [InlineData("a wire is one no more", "[Wire] public partial class B", "public partial class B")]
    [InlineData("a constant changes", "Most = 7", "Most = 8")]
    [InlineData("an enum changes", "Red, Green", "Blue, Red = 0, Green")]
    [InlineData("a base class gets a message", "public int Up()", "public int Down() => 1; public int Up()")]
    [InlineData("a base class gets a field", "private int _x;", "private int _x; private int _y;")]
    [InlineData("a base class gets a backing field by its code", "get => 1;", "get => field;")]
    [InlineData("a class of data gets an event", "public readonly int X = 1;", "public readonly int X = 1; public event System.Action? Changed;")]
    [InlineData("a class of data captures a parameter", "public sealed class Thing {", "public sealed class Thing(int seed) { public int Seed() => seed;")]
    [InlineData("a message becomes hidden", "public int Up()", "internal int Up()")]
    [InlineData("a name means another type", "public class Base", "public class Guid; public class Base")]
    [InlineData("a base wire gets a message", "public int Hidden()", "public int Shown() => 1; public int Hidden()")]
    [InlineData("a base wire gets a field", "private int _hidden;", "private int _hidden; private string? _more;")]
    [InlineData("nullability is off", "public class Base {", "\n#nullable disable\npublic class Base { public string Text() => null;")]
    [InlineData("an exception gets a field", "public class SomeException(string message) : Exception(message);", "public class SomeException(string message) : Exception(message) { private int _x; }")]
    [InlineData("another closed type is named", "CacheRef<int> Cache;", "CacheRef<long> Cache;")]
    [InlineData("an interface is served at home", "public interface IPlace", "[Home] public interface IPlace")]
    [InlineData("what a served interface extends gets a method", "ValueTask<Thing> See();", "ValueTask<Thing> See(); ValueTask Hear();")]
    [InlineData("what a served interface extends cannot be served", "ValueTask<Thing> See();", "Thing See();")]
    [InlineData("a generic wire is renamed", "[Wire] public partial class Cache<T>", "[Wire(Name = \"c\")] public partial class Cache<T>")]
    public void AnEditOfAnotherFileIsSeen(string edit, string from, string to)
    {
        var options = GeneratorHarness.ParseOptions();
        var compilation = GeneratorHarness.Compile(options, [Wire, Rest]);
        var driver = GeneratorHarness.Driver(options).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var tree = compilation.SyntaxTrees.Single(static t => t.FilePath == "File1.cs");
        var changed = Rest.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Rest, changed);
        var edited = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(changed, options, "File1.cs", cancellationToken: TestContext.Current.CancellationToken));
        driver = driver.RunGenerators(edited, TestContext.Current.CancellationToken);

        var remembered = Texts(driver);
        var fresh = Texts(GeneratorHarness.Driver(options).RunGenerators(GeneratorHarness.Compile(options, [Wire, changed]), TestContext.Current.CancellationToken));
        Assert.Equal(fresh, remembered);
        Assert.True(edit.Contains("another type", StringComparison.Ordinal) || !fresh.SequenceEqual(Texts(GeneratorHarness.Driver(options).RunGenerators(compilation, TestContext.Current.CancellationToken))), "The edit changes nothing");
    }

    /// <summary>Whatever is typed, the generator does not fail and remembers nothing wrong.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void IncompleteCodeIsSurvived(int seed)
    {
        var random = new Random(seed);
        var options = GeneratorHarness.ParseOptions();
        var samples = WireSamples.All.Values.ToArray();
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new WireGenerator().AsSourceGenerator()], parseOptions: options);
        for (var i = 0; i < 150; i++)
        {
            var sources = new[] { Damage(samples[random.Next(samples.Length)], random), Damage(samples[random.Next(samples.Length)], random) };
            var compilation = GeneratorHarness.Compile(options, sources);
            driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
            var result = driver.GetRunResult().Results.Single();
            Assert.True(result.Exception is null, string.Create(CultureInfo.InvariantCulture, $"seed {seed}, round {i}: {result.Exception}\n{string.Join("\n---\n", sources)}"));
        }
    }

    private static string Damage(string source, Random random)
    {
        var tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            tokens.RemoveAt(random.Next(tokens.Count));
        }

        return string.Concat(tokens.Select(static t => t.ToFullString()));
    }

    private static List<string> Texts(GeneratorDriver driver) => [.. driver.GetRunResult().Results.Single().GeneratedSources
        .OrderBy(static s => s.HintName, StringComparer.Ordinal)
        .Select(static s => s.HintName + "\n" + s.SourceText)];
}
