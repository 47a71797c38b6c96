using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Analyzers;
using Wires.Generators.Serialization;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

/// <summary>Rules and generator have tables of their own of what travels. No type of the base library may be judged by one otherwise than by the other.</summary>
public sealed class TravelAgreementTests
{
    [Fact]
    public void EveryTypeOfTheBaseLibraryTravelsForBothOrForNeither()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Sample", [CSharpSyntaxTree.ParseText("[Wires.Wire] public partial class W;", cancellationToken: TestContext.Current.CancellationToken)], TestProject.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Travel rules = WireCompilation.Of(compilation, TestContext.Current.CancellationToken)!.Travel;
        var generator = new TypeClassifier(compilation);
        var differ = new List<string>();
        int count = 0;
        foreach (INamedTypeSymbol type in compilation.SourceModule.ReferencedAssemblySymbols.SelectMany(static a => Public(a.GlobalNamespace)).Where(Travel.IsFramework).Select(t => Closed(t, compilation)))
        {
            count++;
            TypePlan plan = generator.Classify(type);
            TravelProblem? problem = rules.Problem(type);
            if (plan.IsSupported != problem is null)
            {
                differ.Add($"{type.ToDisplayString()}: the generator says {plan.Reason ?? "yes"}, the rules say {problem?.Reason ?? "yes"}");
            }
        }

        Assert.InRange(count, 2000, int.MaxValue);
        Assert.True(differ.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{differ.Count} of {count} types:\n{string.Join('\n', differ.Order(StringComparer.Ordinal))}"));
    }

    private static IEnumerable<INamedTypeSymbol> Public(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(static m => m switch
    {
        INamespaceSymbol space => Public(space),
        INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public, IsStatic: false } type => Public(type).Prepend(type),
        _ => [],
    });

    // Constraints do not matter here: what travels is asked of the argument, not of the parameter.
    private static INamedTypeSymbol Closed(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.ContainingType is { } outer)
        {
            type = Closed(outer, compilation).GetTypeMembers(type.Name, type.Arity)[0];
        }

        return type.Arity == 0 ? type : type.Construct([.. Enumerable.Repeat<ITypeSymbol>(compilation.GetSpecialType(SpecialType.System_Int32), type.Arity)]);
    }
}
