using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>A compilation seen by the rules: our types in it, and what its own types are to us. Made once per compilation, shared by all rules.</summary>
internal sealed class WireCompilation
{
    // The value holds the key, which a ConditionalWeakTable allows: neither outlives the compilation.
    private static readonly ConditionalWeakTable<Compilation, WireCompilation> Known = new();

    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new(StringComparer.Ordinal);
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _wireClasses;
    private readonly Lazy<HashSet<INamedTypeSymbol>> _basesInSource;
    private readonly Lazy<HashSet<SyntaxTree>> _treesOfWires;
    private readonly Lazy<Implementations> _implementations;

    private CallPaths? _paths;

    private WireCompilation(Compilation compilation, WireUse use)
    {
        Compilation = compilation;
        Use = use;
        Types = new WellKnownTypes(compilation);
        Travel = new Travel(this);
        _wireClasses = new(() => SourceTypes.Of(compilation.Assembly.GlobalNamespace).Where(IsWireClass).ToImmutableArray());
        _basesInSource = new(FindBasesInSource);
        _treesOfWires = new(() => new(WireClasses.Concat(_basesInSource.Value).SelectMany(static t => t.DeclaringSyntaxReferences).Select(static r => r.SyntaxTree)));
        _implementations = new(() => new Implementations(compilation));
    }

    public Compilation Compilation { get; }

    public WireUse Use { get; }

    public WellKnownTypes Types { get; }

    public Travel Travel { get; }

    /// <summary>What wires reach through calls, read once for all rules. The tables are extended by additional files.</summary>
    public CallPaths Paths(AnalyzerOptions options, CancellationToken cancellation)
    {
        if (_paths is null)
        {
            var reader = new CodeReader(
                this,
                new BlockingCalls(AdditionalLines.Of(options, BlockingCalls.FileName, cancellation)),
                new SharedStatics(this, AdditionalLines.Of(options, SharedStatics.FileName, cancellation)));
            Interlocked.CompareExchange(ref _paths, new CallPaths(this, reader), null);
        }

        return _paths;
    }

    /// <summary>The method of this compilation that a call surely runs: its target, or the one implementation of a virtual one.</summary>
    public IMethodSymbol? CodeOf(IInvocationOperation call) => CodeOf(call.TargetMethod, call.IsVirtual);

    /// <inheritdoc cref="CodeOf(IInvocationOperation)"/>
    public IMethodSymbol? CodeOf(IMethodSymbol method, bool isVirtual)
    {
        IMethodSymbol target = (method.ReducedFrom ?? method).OriginalDefinition;
        if (IsHomeInterface(target.ContainingType))
        {
            // Sent to a deputy: what runs there is no code of the wire.
            return null;
        }

        if (isVirtual && !target.IsSealed && !target.ContainingType.IsSealed && (target.IsVirtual || target.IsAbstract || target.IsOverride))
        {
            return target.DeclaringSyntaxReferences.IsEmpty ? null : _implementations.Value.Single(target);
        }

        return target.DeclaringSyntaxReferences.IsEmpty || target.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction or MethodKind.DelegateInvoke ? null : target;
    }

    /// <summary>The wire classes that this compilation declares. Asking for them declares all its types, so only rare cases should.</summary>
    public ImmutableArray<INamedTypeSymbol> WireClasses => _wireClasses.Value;

    /// <summary>All that other nodes call by name: the wire classes and <c>[Home]</c> interfaces that this compilation declares. Costs as <see cref="WireClasses"/>.</summary>
    public IEnumerable<INamedTypeSymbol> Callable => WireClasses.Concat(SourceTypes.Of(Compilation.Assembly.GlobalNamespace).Where(IsHomeInterface));

    /// <summary>The assemblies in which refs may be declared.</summary>
    public IEnumerable<IAssemblySymbol> AssembliesWithRefs => References(Compilation, Types.Wire!.ContainingAssembly).Append(Compilation.Assembly);

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

    /// <summary>Whether the type is an interface that is served at the home of whatever wire calls it.</summary>
    public bool IsHomeInterface(INamedTypeSymbol type) => type.TypeKind == TypeKind.Interface && Has(type.OriginalDefinition, Types.Home);

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

    /// <summary>Whether the code and fields of this type belong to wires: it is a wire class, or a base of one in this compilation.</summary>
    public bool IsPartOfWire(INamedTypeSymbol? type) =>
        type is { TypeKind: TypeKind.Class, IsStatic: false }
        && (IsWireClass(type) || (!type.IsSealed && _basesInSource.Value.Contains(type.OriginalDefinition)));

    /// <summary>Whether a file declares such a type, or a part of one.</summary>
    public bool HasPartOfWire(SyntaxTree tree) => _treesOfWires.Value.Contains(tree);

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

    /// <summary>The method of the wire class behind a method of its ref, if its class can be seen.</summary>
    public IMethodSymbol? WireMethodOf(IMethodSymbol refMethod)
    {
        INamedTypeSymbol type = refMethod.ContainingType;
        if (!IsWireRef(type) || !type.Name.EndsWith("Ref", StringComparison.Ordinal))
        {
            return null;
        }

        INamespaceOrTypeSymbol container = type.ContainingType is { } outer ? outer : type.ContainingNamespace;
        foreach (INamedTypeSymbol candidate in container.GetTypeMembers(type.Name.Substring(0, type.Name.Length - "Ref".Length), type.Arity))
        {
            for (INamedTypeSymbol? level = candidate; level is not null && IsWireClass(candidate); level = level.BaseType)
            {
                foreach (ISymbol member in level.GetMembers(refMethod.Name))
                {
                    if (member is IMethodSymbol method && IsMessage(method) && HasSameParameters(method, refMethod))
                    {
                        return method;
                    }
                }
            }
        }

        return null;
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

    /// <summary>An attribute that may be there more than once.</summary>
    public static IEnumerable<AttributeData> FindAll(ISymbol symbol, INamedTypeSymbol? attribute) =>
        attribute is null ? [] : symbol.GetAttributes().Where(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, attribute));

    // Type parameters of class and ref are different symbols of one name.
    private static bool HasSameParameters(IMethodSymbol method, IMethodSymbol refMethod)
    {
        if (method.Parameters.Length != refMethod.Parameters.Length)
        {
            return false;
        }

        for (int i = 0; i < method.Parameters.Length; i++)
        {
            ITypeSymbol a = method.Parameters[i].Type;
            ITypeSymbol b = refMethod.OriginalDefinition.Parameters[i].Type;
            if (!SymbolEqualityComparer.Default.Equals(a, b) && !string.Equals(a.ToDisplayString(), b.ToDisplayString(), StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
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

        return References(compilation, wire.ContainingAssembly).Any() ? use | WireUse.Ref : use;
    }

    // An assembly that declares wire classes references the runtime; which classes it has is not worth loading it for.
    private static IEnumerable<IAssemblySymbol> References(Compilation compilation, IAssemblySymbol runtime) =>
        compilation.SourceModule.ReferencedAssemblySymbols.Where(
            reference => reference.Modules.Any(
                module => module.ReferencedAssemblies.Any(identity => string.Equals(identity.Name, runtime.Name, StringComparison.Ordinal))));

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
