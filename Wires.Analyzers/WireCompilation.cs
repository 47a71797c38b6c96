using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>A compilation seen by the rules: our types in it, and what its own types are to us. Made once per compilation, shared by all rules.</summary>
internal sealed class WireCompilation
{
    // The value holds the key, which a ConditionalWeakTable allows: neither outlives the compilation.
    private static readonly ConditionalWeakTable<Compilation, WireCompilation> Known = new();

    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new(StringComparer.Ordinal);
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _wireClasses;
    private readonly Lazy<HashSet<INamedTypeSymbol>> _basesInSource;

    private WireCompilation(Compilation compilation, WireUse use)
    {
        Compilation = compilation;
        Use = use;
        Types = new WellKnownTypes(compilation);
        _wireClasses = new(() => SourceTypes.Of(compilation.Assembly.GlobalNamespace).Where(IsWireClass).ToImmutableArray());
        _basesInSource = new(FindBasesInSource);
    }

    public Compilation Compilation { get; }

    public WireUse Use { get; }

    public WellKnownTypes Types { get; }

    /// <summary>The wire classes that this compilation declares. Asking for them declares all its types, so only rare cases should.</summary>
    public ImmutableArray<INamedTypeSymbol> WireClasses => _wireClasses.Value;

    public static WireCompilation? Of(Compilation compilation, CancellationToken cancellation)
    {
        if (Known.TryGetValue(compilation, out WireCompilation? known))
        {
            return known.Use == WireUse.None ? null : known;
        }

        WireUse use = UseOf(compilation, cancellation);
        known = Known.GetValue(compilation, c => new WireCompilation(c, use));
        return known.Use == WireUse.None ? null : known;
    }

    /// <summary>Any type by its metadata name, looked up once.</summary>
    public INamedTypeSymbol? GetType(string metadataName) =>
        _types.GetOrAdd(metadataName, Compilation.GetTypeByMetadataName);

    public bool IsWireClass(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class } named && Has(named.OriginalDefinition, Types.Wire);

    public bool IsWireRef(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } named || Types.WireRef is null)
        {
            return false;
        }

        foreach (INamedTypeSymbol contract in named.Interfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, Types.WireRef))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The generated ref of a wire class, if it is there: not while the class is in error.</summary>
    public INamedTypeSymbol? RefOf(INamedTypeSymbol wireClass)
    {
        INamespaceOrTypeSymbol container = wireClass.ContainingType is { } outer ? outer : wireClass.ContainingNamespace;
        foreach (INamedTypeSymbol candidate in container.GetTypeMembers(wireClass.Name + "Ref", wireClass.Arity))
        {
            if (IsWireRef(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Whether a wire class may inherit what this type declares: it is one, a base of one in this compilation, or an abstract class that is made to be a base.</summary>
    public bool MayBePartOfWire(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Class && !type.IsStatic && !type.IsRecord
        && (IsWireClass(type) || (type.IsAbstract && !type.IsSealed) || _basesInSource.Value.Contains(type.OriginalDefinition));

    /// <summary>Whether the generator turns this method into a message. See <c>docs/wires.md</c>, "What is callable".</summary>
    public bool IsMessage(IMethodSymbol method)
    {
        if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsImplicitlyDeclared: false })
        {
            return false;
        }

        IMethodSymbol root = method;
        while (root.OverriddenMethod is { } overridden)
        {
            root = overridden;
        }

        return root.ContainingType.SpecialType != SpecialType.System_Object && !IsLifecycle(method);
    }

    public static bool Has(ISymbol symbol, INamedTypeSymbol? attribute) => Find(symbol, attribute) is not null;

    public static AttributeData? Find(ISymbol symbol, INamedTypeSymbol? attribute)
    {
        if (attribute is not null)
        {
            foreach (AttributeData data in symbol.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute))
                {
                    return data;
                }
            }
        }

        return null;
    }

    // IAttached, IDetaching and Dispose are the runtime's to call.
    private bool IsLifecycle(IMethodSymbol method) =>
        method.Name is "OnAttached" or "OnDetaching" or "Dispose" or "DisposeAsync"
        && (Implements(method, Types.Attached) || Implements(method, Types.Detaching)
            || Implements(method, Types.Disposable) || Implements(method, Types.AsyncDisposable));

    private static bool Implements(IMethodSymbol method, INamedTypeSymbol? contract)
    {
        if (contract is null || !method.ContainingType.AllInterfaces.Contains(contract, SymbolEqualityComparer.Default))
        {
            return false;
        }

        foreach (ISymbol member in contract.GetMembers())
        {
            if (SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
            {
                return true;
            }
        }

        return false;
    }

    private static WireUse UseOf(Compilation compilation, CancellationToken cancellation)
    {
        if (compilation.GetTypeByMetadataName(WellKnownTypes.WireName) is not { } wire)
        {
            return WireUse.None;
        }

        WireUse use = WireUse.None;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            use |= WireScan.Of(tree, cancellation);
        }

        return (use & WireUse.Ref) == WireUse.None && ReferencesWireClasses(compilation, wire.ContainingAssembly) ? use | WireUse.Ref : use;
    }

    // An assembly that declares wire classes references the runtime; which classes it has is not worth loading it for.
    private static bool ReferencesWireClasses(Compilation compilation, IAssemblySymbol runtime)
    {
        foreach (IAssemblySymbol reference in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            foreach (IModuleSymbol module in reference.Modules)
            {
                foreach (AssemblyIdentity identity in module.ReferencedAssemblies)
                {
                    if (string.Equals(identity.Name, runtime.Name, StringComparison.Ordinal))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private HashSet<INamedTypeSymbol> FindBasesInSource()
    {
        var bases = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in WireClasses)
        {
            for (INamedTypeSymbol? b = type.BaseType; b is not null && b.SpecialType != SpecialType.System_Object; b = b.BaseType)
            {
                bases.Add(b.OriginalDefinition);
            }
        }

        return bases;
    }
}
