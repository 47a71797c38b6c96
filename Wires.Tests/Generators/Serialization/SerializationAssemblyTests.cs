using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace Wires.Tests.Generators.Serialization;

/// <summary>Types of other assemblies: as sources, as a compiled library, and as a reference assembly that leaves out what is private.</summary>
public sealed class SerializationAssemblyTests
{
    private const string Contracts = """
        namespace Contracts;
        public record Order(int Id, List<Line> Lines) { public string? Note { get; set; } }
        public sealed record Line(string Article, decimal Price);
        public class Address { public string? City { get; set; } public required string Street { get; init; } public string Both => City + Street; }
        public class NoWayBack { public int A { get; } public NoWayBack(int other) => A = other; }
        public class Opaque { private int _n; public int Next() => _n++; }
        public struct Mixed { public string? S; private int _n; public Mixed(string s, int n) { S = s; _n = n; } public int N() => _n; }
        public class Secret { public int A { get; set; } private int _n; public int Next() => _n++; }
        """;

    private const string User = """
        public static class Roots { static Contracts.Order? order; static Contracts.Address? address; }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RecordsOfACompiledLibraryTravel(bool isReferenceAssembly)
    {
        var set = FormatterCompilation.Of(User, references: Library(isReferenceAssembly));
        Assert.Equal(["Contracts.Address", "Contracts.Line", "Contracts.Order"], set.Set.Formatters.Select(f => f.DisplayName));
        Assert.Equal(["Id", "Lines", "Note"], set.Set.Formatters.Single(f => f.DisplayName == "Contracts.Order").Members.Select(m => m.Name));
        Assert.Equal(["City", "Street"], set.Set.Formatters.Single(f => f.DisplayName == "Contracts.Address").Members.Select(m => m.Name));
    }

    [Theory]
    [InlineData("Opaque", "shows no field or auto-property outside its assembly")]
    [InlineData("NoWayBack", "has no public constructor whose parameters are its members")]
    public void WhatCannotBeRebuiltIsRefused(string type, string reason)
    {
        var compilation = FormatterCompilation.Of($"public static class Roots {{ static Contracts.{type}? root; }}", references: Library(true));
        Assert.Contains(reason, compilation.Plan("root").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void SourcesOfAnotherProjectShowAllTheirFields()
    {
        var compilation = FormatterCompilation.Of(
            "public static class Roots { static Contracts.Secret? root; static Contracts.Mixed m; static Contracts.Line? line; }", references: FormatterCompilation.Compile(Contracts, "Contracts").ToMetadataReference());
        Assert.Equal(["A", "_n"], compilation.Set.Formatters.Single(f => f.DisplayName == "Contracts.Secret").Members.Select(m => m.Name));
        Assert.Equal(["S", "_n"], compilation.Set.Formatters.Single(f => f.DisplayName == "Contracts.Mixed").Members.Select(m => m.Name));
        Assert.True(compilation.Plan("line").IsShared);
    }

    private static PortableExecutableReference Library(bool isReferenceAssembly)
    {
        using var stream = new MemoryStream();
        var result = FormatterCompilation.Compile(Contracts, "Contracts").Emit(stream, options: new EmitOptions(metadataOnly: isReferenceAssembly, includePrivateMembers: !isReferenceAssembly));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }
}
