using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>The types that rules compare with, resolved once per compilation.</summary>
internal sealed class WellKnownTypes(Compilation compilation)
{
    public const string WireName = "Wires.WireAttribute";

    public INamedTypeSymbol? Wire { get; } = compilation.GetTypeByMetadataName(WireName);

    public INamedTypeSymbol? Every { get; } = compilation.GetTypeByMetadataName("Wires.EveryAttribute");

    public INamedTypeSymbol? FormerName { get; } = compilation.GetTypeByMetadataName("Wires.FormerNameAttribute");

    public INamedTypeSymbol? Home { get; } = compilation.GetTypeByMetadataName("Wires.HomeAttribute");

    public INamedTypeSymbol? Immutable { get; } = compilation.GetTypeByMetadataName("Wires.ImmutableAttribute");

    public INamedTypeSymbol? Interleave { get; } = compilation.GetTypeByMetadataName("Wires.InterleaveAttribute");

    public INamedTypeSymbol? Local { get; } = compilation.GetTypeByMetadataName("Wires.LocalAttribute");

    public INamedTypeSymbol? Move { get; } = compilation.GetTypeByMetadataName("Wires.MoveAttribute");

    public INamedTypeSymbol? OneWay { get; } = compilation.GetTypeByMetadataName("Wires.OneWayAttribute");

    public INamedTypeSymbol? SharedSafely { get; } = compilation.GetTypeByMetadataName("Wires.SharedSafelyAttribute");

    public INamedTypeSymbol? Attached { get; } = compilation.GetTypeByMetadataName("Wires.IAttached");

    public INamedTypeSymbol? Detaching { get; } = compilation.GetTypeByMetadataName("Wires.IDetaching");

    public INamedTypeSymbol? WireRef { get; } = compilation.GetTypeByMetadataName("Wires.IWireRef`1");

    public INamedTypeSymbol? WireTask { get; } = compilation.GetTypeByMetadataName("Wires.WireTask");

    public INamedTypeSymbol? WireTaskOf { get; } = compilation.GetTypeByMetadataName("Wires.WireTask`1");

    public INamedTypeSymbol? Task { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");

    public INamedTypeSymbol? TaskOf { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1");

    public INamedTypeSymbol? ValueTask { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");

    public INamedTypeSymbol? ValueTaskOf { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1");

    public INamedTypeSymbol? AsyncEnumerable { get; } = compilation.GetTypeByMetadataName("System.Collections.Generic.IAsyncEnumerable`1");

    public INamedTypeSymbol? CancellationToken { get; } = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");

    public INamedTypeSymbol? Disposable { get; } = compilation.GetTypeByMetadataName("System.IDisposable");

    public INamedTypeSymbol? AsyncDisposable { get; } = compilation.GetTypeByMetadataName("System.IAsyncDisposable");

    /// <summary>Whether a method of this return type gives its caller no value: <c>void</c> or a task without result.</summary>
    public bool IsWithoutResult(ITypeSymbol returnType) =>
        returnType.SpecialType == SpecialType.System_Void || Is(returnType, WireTask) || Is(returnType, Task) || Is(returnType, ValueTask);

    public static bool Is(ITypeSymbol type, INamedTypeSymbol? known) =>
        known is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known);
}
