using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Wires.Generators.Models;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>
/// Decides what happens to values of a type when they are sent: shared, copied, or refused with a reason, and which formatters that needs.
/// Part of the parser: it holds symbols and must not outlive its compilation; what it returns holds none.
/// </summary>
/// <remarks>
/// The members that travel, and their order:
/// <list type="bullet">
/// <item>A type with [MemoryPackable] follows MemoryPack: public fields and properties and those with [MemoryPackInclude], base types first,
/// in the order of declaration or of [MemoryPackOrder].</item>
/// <item>A type without it is written as if it had the attribute, with [MemoryPackInclude] on every field and auto-property that is not public
/// (private ones of base types too), and [MemoryPackIgnore] on every property that holds no state of its own.</item>
/// <item>Of a type without it in a compiled assembly, whose private fields the compiler does not show: public fields and public
/// auto-properties, all of which a constructor or an accessor must be able to set.</item>
/// </list>
/// </remarks>
internal sealed partial class TypeClassifier
{
    private static readonly ConditionalWeakTable<Compilation, TypeClassifier> Shared = new();

    private readonly Dictionary<ITypeSymbol, TypeNode> _nodes = new(SymbolEqualityComparer.Default);

    // Types that mention refs which are yet to be generated: what these mean depends on the place, so they are known by their resolved names.
    private readonly Dictionary<string, TypeNode> _pendingNodes = new(StringComparer.Ordinal);
    private readonly Dictionary<INamedTypeSymbol, TypeClassifier> _inner = new(SymbolEqualityComparer.Default);
    private readonly TypeNode.Graphs _graphs = new();
    private readonly Compilation _compilation;
    private readonly WireRefLookup? _refs;
    private readonly IdentityNames _names;
    private readonly TypeClassifier? _outer;
    private readonly ISymbol _within;

    public TypeClassifier(Compilation compilation, WireRefLookup? refs = null)
    {
        _compilation = compilation;
        _refs = refs;
        _names = new IdentityNames(refs);
        _within = compilation.Assembly;
        Parser = new UserTypeParser(this, compilation, refs);
    }

    /// <summary>For the types that are private to a wire class; it asks the outer one for all others.</summary>
    private TypeClassifier(TypeClassifier outer, INamedTypeSymbol wire)
    {
        _compilation = outer._compilation;
        _names = outer._names;
        _graphs = outer._graphs;
        _outer = outer;
        _within = wire.OriginalDefinition;
        Parser = new UserTypeParser(this, _compilation, outer._refs);
    }

    private UserTypeParser Parser { get; }

    /// <summary>One classifier per compilation, so that a type which a thousand wires use is looked at once.</summary>
    /// <param name="compilation">The compilation; the classifier dies with it.</param>
    public static TypeClassifier For(Compilation compilation) => Shared.GetValue(compilation, static c => new TypeClassifier(c, new PendingRefs(c).Find));

    /// <summary>What to do with values of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="usedBy">The field, property, method or parameter that names it (see <see cref="WireRefLookup"/>).</param>
    /// <param name="wire">The wire class whose member that is: it can name its private types, as its generated part can.</param>
    public TypePlan Classify(ITypeSymbol type, ISymbol? usedBy = null, INamedTypeSymbol? wire = null)
    {
        // The driver parses in one thread, but an editor may run two drivers over one compilation.
        lock (_nodes)
        {
            return Within(wire).Node(type, usedBy).Plan;
        }
    }

    /// <summary>What has to be emitted and registered so that values of these types travel. Unsupported types contribute nothing.</summary>
    public FormatterSet FormattersFor(IEnumerable<(ITypeSymbol Type, ISymbol? UsedBy)> roots)
    {
        lock (_nodes)
        {
            return Collect(roots.Select(r => Node(r.Type, r.UsedBy)), static node => node is { IsOpen: false, IsPrivate: false });
        }
    }

    /// <summary>What the module has to register for wires; open types are left to where they are closed, private ones to their wire class.</summary>
    public FormatterSet FormattersFor(IEnumerable<INamedTypeSymbol> wires)
    {
        lock (_nodes)
        {
            return Collect(wires.SelectMany(w => FormatterRoots.Of(w).Select(r => Within(w).Node(r.Type, r.UsedBy))), static node => node is { IsOpen: false, IsPrivate: false });
        }
    }

    /// <summary>What the wire class itself has to register. In a generic class these formatters are generic too, so that they need not wait for its arguments.</summary>
    public FormatterSet PrivateFormattersOf(INamedTypeSymbol wire)
    {
        lock (_nodes)
        {
            return Collect(FormatterRoots.Of(wire).Select(r => Within(wire).Node(r.Type, r.UsedBy)).Where(static n => n.IsPrivate), static node => node.IsPrivate);
        }
    }

    private FormatterSet Collect(IEnumerable<TypeNode> roots, Func<TypeNode, bool> counts)
    {
        var formatters = new SortedDictionary<string, FormatterModel>(StringComparer.Ordinal);
        var registrations = new SortedDictionary<string, BuiltInFormatter>(StringComparer.Ordinal);
        var seen = new HashSet<TypeNode>();
        var refused = new SortedDictionary<string, RefusedType>(StringComparer.Ordinal);
        var open = new Stack<TypeNode>();
        foreach (var root in roots)
        {
            if (root.Plan.Reason is not { } reason)
            {
                open.Push(root);
            }
            else if (counts(root) && CanBeArgument(root.Symbol))
            {
                refused[root.Name] = new RefusedType(root.Name, reason);
            }
        }

        while (open.Count > 0)
        {
            var node = open.Pop();
            if (!seen.Add(node))
            {
                continue;
            }

            if (counts(node) && node.Model is { } model)
            {
                formatters[node.Name] = model;
            }
            else if (counts(node) && node.Registration is { } registration)
            {
                registrations[node.Name] = registration;
            }

            node.Edges.ForEach(e => open.Push(e.Node));
        }

        return new(new(formatters.Values), new(registrations.Values), new(refused.Values));
    }

    private bool CanBeArgument(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => CanBeArgument(array.ElementType),
        IDynamicTypeSymbol => true,
        INamedTypeSymbol { IsRefLikeType: false, IsStatic: false, IsFileLocal: false, TypeKind: not TypeKind.Error } named =>
            CanReach(named.OriginalDefinition) && named.TypeArguments.All(CanBeArgument),
        _ => false,
    };

    /// <summary>The fully qualified name of a type, refs that are yet to be generated included.</summary>
    public string NameOf(ITypeSymbol type, ISymbol? usedBy = null)
    {
        lock (_nodes)
        {
            return _names.Of(type, usedBy);
        }
    }

    /// <summary>Whether the formatter of a type that is classified here may name a type or member.</summary>
    internal bool CanReach(ISymbol symbol) => _compilation.IsSymbolAccessibleWithin(symbol, _within);

    private TypeClassifier Within(INamedTypeSymbol? wire)
    {
        if (wire is null)
        {
            return this;
        }

        if (!_inner.TryGetValue(wire, out var inner))
        {
            inner = new TypeClassifier(this, wire);
            _inner.Add(wire, inner);
        }

        return inner;
    }

    internal TypeNode Node(ITypeSymbol type, ISymbol? usedBy)
    {
        var isPrivate = _outer is not null && MentionsPrivate(type, usedBy);
        if (_outer is not null && !isPrivate)
        {
            return _outer.Node(type, usedBy);
        }

        var name = _names.Of(type, usedBy);
        var isPending = _names.MentionsPendingRef(type);
        if (isPending ? _pendingNodes.TryGetValue(name, out var node) : _nodes.TryGetValue(type, out node))
        {
            return node;
        }

        // It is noted before its members are looked at, which may lead back here.
        node = new TypeNode(type, name, _graphs)
        {
            IsOpen = IsOpen(type) || _names.PendingRefsIn(type, usedBy).Any(static r => r.IsOpen),
            IsPrivate = isPrivate,
        };
        if (isPending)
        {
            _pendingNodes.Add(name, node);
        }
        else
        {
            _nodes.Add(type, node);
        }

        Fill(node, usedBy);
        return node;
    }

    private bool MentionsPrivate(ITypeSymbol type, ISymbol? usedBy) => type switch
    {
        IArrayTypeSymbol array => MentionsPrivate(array.ElementType, usedBy),
        INamedTypeSymbol { TypeKind: not TypeKind.Error } named => IsPrivate(named) || named.TypeArguments.Any(a => MentionsPrivate(a, usedBy))
            || (named.ContainingType is { } outer && MentionsPrivate(outer, usedBy)),
        _ => _names.PendingRefsIn(type, usedBy).Any(static r => r.IsPrivate),
    };

    /// <summary>Private or protected, or within a type that is: the module cannot name it.</summary>
    internal static bool IsPrivate(INamedTypeSymbol type) =>
        type.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal
        || (type.ContainingType is { } outer && IsPrivate(outer));

    internal static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        IPointerTypeSymbol pointer => IsOpen(pointer.PointedAtType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen) || (named.ContainingType is { } outer && IsOpen(outer)),
        _ => false,
    };
}
