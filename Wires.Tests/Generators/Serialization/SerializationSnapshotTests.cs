using System.Runtime.CompilerServices;
using Xunit;

namespace Wires.Tests.Generators.Serialization;

/// <summary>The emitted text of a few types, to be read by people. WIRES_UPDATE_SNAPSHOTS=1 rewrites the files.</summary>
public sealed class SerializationSnapshotTests
{
    private const string Source = """
        namespace Shop
        {
            public class Person { public string? Name { get; set; } public int Age { get; set; } public long Id { get; set; } public List<string>? Tags { get; set; } public Person? Boss { get; set; } private bool _seen; public bool Seen() => _seen = true; }
            public sealed record Price(decimal Amount, string Currency);
            public readonly struct Label { private readonly string _text; public Label(string label, bool trim) => _text = trim ? label.Trim() : label; public override string ToString() => _text; }
            public class Box<T>(T content) { private readonly T _content = content; public required int Weight { get; init; } public T Open() => _content; }
            [MemoryPackable(GenerateType.VersionTolerant)] public class Settings { [MemoryPackOrder(0)] public int A { get; set; } [MemoryPackOrder(2)] public List<string>? C { get; set; } }
            [MemoryPackable(GenerateType.CircularReference)] public class Node { [MemoryPackOrder(0)] public int Id { get; set; } [MemoryPackOrder(1)] public Node? Next { get; set; } }
            [MemoryPackUnion(0, typeof(Circle))] [MemoryPackUnion(300, typeof(Square))] public abstract class Shape;
            public class Circle : Shape { public int R { get; set; } }
            public sealed class Square : Shape { public int Side { get; init; } }
        }
        public static class Roots { static Shop.Person? person; static Shop.Price? price; static Shop.Label label; static Shop.Box<Shop.Price[]>? box; static Shop.Settings? settings; static Shop.Node? node; static Shop.Shape? shape; }
        """;

    private static readonly FormatterCompilation s_compilation = FormatterCompilation.Of(Source);

    [Theory]
    [InlineData("Shop.Person")]
    [InlineData("Shop.Price")]
    [InlineData("Shop.Label")]
    [InlineData("Shop.Box<Shop.Price[]>")]
    [InlineData("Shop.Settings")]
    [InlineData("Shop.Node")]
    [InlineData("Shop.Shape")]
    public void FormattersReadAsIfAPersonHadWrittenThem(string type) =>
        Compare(new string([.. type.Select(c => char.IsLetterOrDigit(c) ? c : '_')]), s_compilation.Emit(type));

    [Fact]
    public void WhatIsEmittedCompilesWithoutWarnings() => s_compilation.Load();

    private static void Compare(string name, string text)
    {
        var path = Path.Combine(Folder(), name + ".txt");
        if (Environment.GetEnvironmentVariable("WIRES_UPDATE_SNAPSHOTS") is "1")
        {
            System.IO.Directory.CreateDirectory(Folder());
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", text, ignoreLineEndingDifferences: true);
    }

    // A deterministic build maps source paths to ones that do not exist; then the folder is above the output.
    private static string Folder([CallerFilePath] string file = "")
    {
        var beside = Path.Combine(Path.GetDirectoryName(file)!, "Snapshots");
        for (var root = AppContext.BaseDirectory; root is not null && !System.IO.Directory.Exists(Path.GetDirectoryName(beside)); root = Path.GetDirectoryName(root))
        {
            var candidate = Path.Combine(root, "Wires.Tests", "Generators", "Serialization", "Snapshots");
            if (System.IO.Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return beside;
    }
}
