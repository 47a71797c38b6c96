using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>Which members become messages, under which identity, and what is left out without a word (the analyzers say it).</summary>
public sealed class ContractTests
{
    private static readonly string[] OwnMembers = ["Equals", "GetHashCode", "ToString", "WithTimeout"];

    [Theory]
    [InlineData("public void M(ref int x) { }")]
    [InlineData("public void M(out int x) => x = 1;")]
    [InlineData("public void M(ref readonly int x) { }")]
    [InlineData("public void M<T>(T x) { }")]
    [InlineData("public unsafe void M(int* x) { }")]
    [InlineData("public unsafe void M(delegate*<int> x) { }")]
    [InlineData("public void M(Span<int> x) { }")]
    [InlineData("public void M(CancellationToken a, CancellationToken b) { }")]
    [InlineData("private int _x; public ref int M() => ref _x;")]
    [InlineData("public Span<int> M() => default;")]
    [InlineData("public unsafe int* M() => null;")]
    [InlineData("[OneWay] public int M() => 1;")]
    [InlineData("[OneWay] public Task<int> M() => null!;")]
    [InlineData("public void M(in int x) { } public void M(int x) { }")]
    [InlineData("public int Id() => 1;")]
    [InlineData("public void WithTimeout(TimeSpan x) { }")]
    [InlineData("public bool Equals(WRef other) => true;")]
    [InlineData("public void WRef() { }")]
    [InlineData("internal void M() { } protected void N() { } private void O() { }")]
    [InlineData("public static void M() { }")]
    public void ThisIsNoMessage(string member)
    {
        var result = GeneratorHarness.Run($$"""namespace N; [Wire] public partial class W { public void Other() { } {{member}} }""").CompilesCleanly();
        Assert.Equal(["Other()"], MethodsOf(result, "N.WRef"));
    }

    [Theory]
    [InlineData("[Wire] public class W { }")]
    [InlineData("[Wire] public abstract partial class W { }")]
    [InlineData("[Wire] public static partial class W { }")]
    [InlineData("[Wire] file partial class W { }")]
    [InlineData("public class O { [Wire] public partial class W { } }")]
    [InlineData("namespace Other { public class WireAttribute : Attribute; [Wire] public partial class W { } }")]
    [InlineData("[Wire] public partial class W { public W(ref int x) { } }")]
    public void ThisIsNoWire(string source) => Assert.Empty(GeneratorHarness.Run(source).CompilesCleanly().Files);

    [Theory]
    [InlineData("[Wire] public partial record W;")]
    [InlineData("[Wire] public partial struct W;")]
    [InlineData("[Wire] public partial interface W;")]
    public void OnlyClassesAreWires(string source) => Assert.Empty(GeneratorHarness.Run(source).Files);

    [Fact]
    public void LifeCycleMembersAreNoMessages()
    {
        var result = GeneratorHarness.Run(WireSamples.All["Lifecycle"]);
        Assert.Equal(["Dispose(bool)", "OnAttached(string)"], MethodsOf(result, "N.LifeRef"));
        Assert.Equal(["OnAttached(Wires.AttachReason)"], MethodsOf(result, "N.NotLifeRef"));
        var text = result.File("N.Life.g.cs");
        Assert.Contains("base(\"life\", ", text, StringComparison.Ordinal);
        Assert.Contains("NotifiesAttached = true;", text, StringComparison.Ordinal);
        Assert.Contains("NotifiesDetaching = true;", text, StringComparison.Ordinal);
        Assert.Contains("MailboxCapacity = 5;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void MessagesAreInheritedOnce()
    {
        var result = GeneratorHarness.Run(WireSamples.All["Bases"]);
        Assert.Equal(["Add(string)", "Count()", "Hidden(int)", "Last()"], MethodsOf(result, "N.LeafRef"));
    }

    [Fact]
    public void OverloadsAreMessagesOfTheirOwn() =>
        Assert.Equal(11, MethodsOf(GeneratorHarness.Run(WireSamples.All["Overloads"]), "N.OverloadsRef").Count);

    [Fact]
    public void ParametersKeepDefaultsAndNullability()
    {
        var result = GeneratorHarness.Run(WireSamples.All["Defaults"]);
        var wire = result.Compilation.GetTypeByMetadataName("N.Defaults")!.GetMembers("All").OfType<IMethodSymbol>().Single();
        var twin = result.Compilation.GetTypeByMetadataName("N.DefaultsRef")!.GetMembers("All").OfType<IMethodSymbol>().Single();
        Assert.Equal(wire.Parameters.Select(static p => p.ExplicitDefaultValue), twin.Parameters.Select(static p => p.ExplicitDefaultValue));
        Assert.Equal(wire.Parameters.Select(static p => p.ToDisplayString()), twin.Parameters.Select(static p => p.ToDisplayString()));
    }

    [Fact]
    public void RefsMeanTheSameInTheWireAndOnTheRef()
    {
        var result = GeneratorHarness.Run(WireSamples.All["Refs"]);
        var wire = result.Compilation.GetTypeByMetadataName("N.Two.C")!.GetMembers("Pass").OfType<IMethodSymbol>().Single();
        var twin = result.Compilation.GetTypeByMetadataName("N.Two.CRef")!.GetMembers("Pass").OfType<IMethodSymbol>().Single();
        Assert.Equal(wire.Parameters.Select(static p => p.Type), twin.Parameters.Select(static p => p.Type), SymbolEqualityComparer.IncludeNullability);
    }

    /// <summary>A class of a wire's name hides the wire, but not its ref.</summary>
    [Theory]
    [InlineData("[Wire] public partial class Account { public void Put() { } } [Wire] public partial class W { private sealed class Account; private AccountRef _last; public void M(AccountRef a) => _last = a; public AccountRef N() => _last; }", "Account")]
    [InlineData("[Wire] public partial class Account { public void Put() { } } public partial class Outer { public class Account; [Wire] public partial class W { private AccountRef? _last; public void M(AccountRef a) => _last = a; } }", "Account")]
    [InlineData("[Wire] public partial class Account { public void Put() { } } public class Base { protected class Account; } [Wire] public partial class W : Base { private List<AccountRef> _all = []; public void M(AccountRef a) => _all.Add(a); }", "Account")]
    [InlineData("namespace N { [Wire] public partial class Account { public void Put() { } } namespace Inner { public class Account; [Wire] public partial class W { private AccountRef _last; public void M(AccountRef a) => _last = a; } } }", "N.Account")]
    public void ARefIsFoundBehindAClassThatHidesItsWire(string source, string wire)
    {
        var files = GeneratorHarness.Run(source).CompilesCleanly().Files;
        Assert.Contains(files.Values, text => text.Contains($"\"M({wire}Ref)\"", StringComparison.Ordinal));
    }

    [Fact]
    public void AMethodIsKnownByItsNameAndItsTypesWithoutNullability()
    {
        const string Template = "namespace N; public class X; [Wire] public partial class W<T> { public void M(X@ x, List<string@>@ y, (int@A, X@) z, T t, WRef<T> me) { } }";
        var plain = GeneratorHarness.Run(Template.Replace("int@A", "int a", StringComparison.Ordinal).Replace("@", "", StringComparison.Ordinal)).File("N.W`1.g.cs");
        var annotated = GeneratorHarness.Run(Template.Replace("int@A", "int b", StringComparison.Ordinal).Replace("@", "?", StringComparison.Ordinal)).File("N.W`1.g.cs");
        const string Signature = "\"M(N.X,System.Collections.Generic.List<string>,(int,N.X),!0,N.WRef<!0>)\"";
        Assert.Contains(Signature, plain, StringComparison.Ordinal);
        Assert.Contains(Signature, annotated, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0xEFD01F60BA992926UL)]
    [InlineData("Balance()", 0xA46B3FCE74B3E52AUL)]
    [InlineData("Transfer(MyApp.AccountRef,decimal,System.Threading.CancellationToken)", 0xFFFB01B53CDC6197UL)]
    public void TheHashNeverChanges(string signature, ulong hash) => Assert.Equal(hash, global::Wires.Analyzers.MethodIdentity.Hash(signature));

    [Fact]
    public void FilesOfNamesThatDifferByCaseAloneDoNotClash()
    {
        var result = GeneratorHarness.Run("namespace N { [Wire] public partial class Ab; [Wire] public partial class AB; [Wire] public partial class Ab<T>; public partial class B { [Wire] public partial class Ab; } }").CompilesCleanly();
        Assert.Equal(5, result.Files.Count);
        Assert.Equal(["N.Ab`1.g.cs", "N.B.Ab.g.cs", "Wires-Module.g.cs"], result.Files.Keys.Where(static n => !n.StartsWith("N.ab-", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheModuleRegistersWiresClosedGenericsAndExceptions()
    {
        var generics = GeneratorHarness.Run(WireSamples.All["ClosedGenerics"]).File("Wires-Module.g.cs");
        Assert.Contains("TypeOf<global::N.CacheRef<int>>()", generics, StringComparison.Ordinal);
        Assert.Contains("TypeOf<global::N.CacheRef<string>>()", generics.Replace("string?", "string", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("TypeOf<global::N.CacheRef<global::N.UserRef>>()", generics, StringComparison.Ordinal);
        Assert.DoesNotContain("CacheRef<T>", generics, StringComparison.Ordinal);

        var exceptions = GeneratorHarness.Run(WireSamples.All["Exceptions"]).File("Wires-Module.g.cs");
        Assert.Equal(["N.Derived", "N.InnerException", "N.Outer.NestedException", "N.PlainException"], Registered(exceptions));

        static IEnumerable<string> Registered(string text) => text.Split('\n')
            .Where(static line => line.Contains("RegisterException<", StringComparison.Ordinal))
            .Select(static line => line.Split("RegisterException<global::")[1].Split('>')[0]);
    }

    [Fact]
    public void StateIsSortedAndLeavesOutWhatIsLocal()
    {
        var text = GeneratorHarness.Run(WireSamples.All["State"]).File("N.State.g.cs");
        var write = text[text.IndexOf("void WriteState", StringComparison.Ordinal)..text.IndexOf("void ReadState", StringComparison.Ordinal)];
        var names = new[] { "AutoField(self)", "self.Fast", "GetOnlyField(self)", "HalfField(self)", "InitField(self)", "self._a", "_bField(self)", "self._c", "self._tuple", "self.@ulong" };
        var positions = names.Select(name => write.IndexOf(name, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
        Assert.Contains("WriteObjectHeader(10)", write, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("private Action? _go; public void Set(Action go) => _go = go;", "'_go': 'System.Action' is a delegate")]
    [InlineData("private Task? _task; public bool Set() { _task = null; return _task is null; }", "'_task': 'System.Threading.Tasks.Task' runs on one node")]
    [InlineData("public System.IO.Stream? Source { get; set; }", "'Source': 'System.IO.Stream' belongs to one node")]
    [InlineData("private List<Random> _all = []; public int Count() => _all.Count;", "'_all': 'System.Random' keeps fields that the compiler cannot see")]
    [InlineData("private Other? _other; public bool Set() { _other = null; return _other is null; }", "'_other': 'N.Other' is a wire class")]
    public void AFieldThatCannotTravelKeepsTheWireAtItsNode(string members, string reason)
    {
        var text = GeneratorHarness.Run($$"""namespace N; [Wire] public partial class Other { } [Wire] public partial class W { private int _x; public int X() => _x++; {{members}} }""").CompilesCleanly().File("N.W.g.cs");
        Assert.Contains("ValueTask<int> X()", text, StringComparison.Ordinal);
        Assert.Contains($"WriteState(object wire, ref global::Wires.Serialization.WireWriter writer) => throw new global::Wires.Serialization.WireSerializationException(\"The state of 'N.W' cannot travel: {reason}", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split(reason).Length - 1);
    }

    private static List<string> MethodsOf(GeneratorResult result, string refName) => [.. result.Compilation.GetTypeByMetadataName(refName)!.GetMembers()
        .OfType<IMethodSymbol>()
        .Where(static m => m is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public } && !OwnMembers.Contains(m.Name))
        .Select(static m => $"{m.Name}({string.Join(",", m.Parameters.Select(static p => p.Type.ToDisplayString()))})")
        .Order(StringComparer.Ordinal)];
}
