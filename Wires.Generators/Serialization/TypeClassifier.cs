using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

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
internal sealed class TypeClassifier
{
    private const string Formatters = "global::Wires.Serialization.Formatters.";

    private static readonly ConditionalWeakTable<Compilation, TypeClassifier> Shared = new();

    private readonly Dictionary<ITypeSymbol, TypeNode> _nodes = new(SymbolEqualityComparer.Default);

    // Types that mention refs which are yet to be generated: what these mean depends on the place, so they are known by their resolved names.
    private readonly Dictionary<string, TypeNode> _pendingNodes = new(StringComparer.Ordinal);
    private readonly TypeNode.Graphs _graphs = new();
    private readonly Compilation _compilation;
    private readonly TypeNames _names;

    public TypeClassifier(Compilation compilation, WireRefLookup? refs = null)
    {
        _compilation = compilation;
        _names = new TypeNames(refs);
        Parser = new UserTypeParser(this, compilation, refs);
    }

    private UserTypeParser Parser { get; }

    /// <summary>One classifier per compilation, so that a type which a thousand wires use is looked at once.</summary>
    /// <param name="compilation">The compilation; the classifier dies with it.</param>
    public static TypeClassifier For(Compilation compilation) => Shared.GetValue(compilation, static c => new TypeClassifier(c, new PendingRefs(c).Find));

    /// <summary>What to do with values of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="usedBy">The field, property, method or parameter that names it (see <see cref="WireRefLookup"/>).</param>
    public TypePlan Classify(ITypeSymbol type, ISymbol? usedBy = null)
    {
        // The driver parses in one thread, but an editor may run two drivers over one compilation.
        lock (_nodes)
        {
            return Node(type, usedBy).Plan;
        }
    }

    /// <summary>What has to be emitted and registered so that values of these types travel. Unsupported types contribute nothing.</summary>
    public FormatterSet FormattersFor(IEnumerable<(ITypeSymbol Type, ISymbol? UsedBy)> roots)
    {
        lock (_nodes)
        {
            var formatters = new SortedDictionary<string, FormatterModel>(StringComparer.Ordinal);
            var registrations = new SortedDictionary<string, BuiltInFormatter>(StringComparer.Ordinal);
            var seen = new HashSet<TypeNode>();
            var open = new Stack<TypeNode>(roots.Select(r => Node(r.Type, r.UsedBy)).Where(n => n.Plan.IsSupported));
            while (open.Count > 0)
            {
                var node = open.Pop();
                if (!seen.Add(node))
                {
                    continue;
                }

                if (!node.IsOpen && node.Model is { } model)
                {
                    formatters[node.Name] = model;
                }
                else if (!node.IsOpen && node.Registration is { } registration)
                {
                    registrations[node.Name] = registration;
                }

                node.Edges.ForEach(e => open.Push(e.Node));
            }

            return new(new(formatters.Values), new(registrations.Values));
        }
    }

    /// <summary>The fully qualified name of a type, refs that are yet to be generated included.</summary>
    public string NameOf(ITypeSymbol type, ISymbol? usedBy = null) => _names.Of(type, usedBy);

    internal TypeNode Node(ITypeSymbol type, ISymbol? usedBy)
    {
        var name = _names.Of(type, usedBy);
        var isPending = _names.MentionsPendingRef(type);
        if (isPending ? _pendingNodes.TryGetValue(name, out var node) : _nodes.TryGetValue(type, out node))
        {
            return node;
        }

        // It is noted before its members are looked at, which may lead back here.
        node = new TypeNode(type, name, _graphs) { IsOpen = IsOpen(type) };
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

    private void Fill(TypeNode node, ISymbol? usedBy)
    {
        var type = node.Symbol;
        if (type is ITypeParameterSymbol)
        {
            return;
        }

        if (_names.PendingRef(type, usedBy) is not null)
        {
            FillPendingRef(node, type, usedBy);
        }
        else if (type.TypeKind == TypeKind.Error)
        {
            node.Problem = $"'{TypeNames.Display(type)}' cannot be found";
        }
        else if (Refusals.Of(type) is { } refusal)
        {
            node.Problem = $"'{TypeNames.Display(type)}' {refusal}";
        }
        else if (type is IArrayTypeSymbol array)
        {
            FillArray(node, array, usedBy);
        }
        else if (!IsAccessible(type, out var reason))
        {
            node.Problem = reason;
        }
        else if (type.SpecialType == SpecialType.System_String)
        {
            node.Encoding = ValueEncoding.String;
            node.IsImmutable = true;
        }
        else if (IsWireRef(type))
        {
            FillWireRef(node);
        }
        else if (type is INamedTypeSymbol named)
        {
            FillNamed(node, named, usedBy);
        }
        else
        {
            node.Problem = $"'{TypeNames.Display(type)}' has no formatter";
        }
    }

    private void FillNamed(TypeNode node, INamedTypeSymbol type, ISymbol? usedBy)
    {
        node.IsDeclaredImmutable = type.GetAttributes().Any(a => a.AttributeClass is { Name: "ImmutableAttribute", ContainingNamespace: { Name: "Wires", ContainingNamespace.IsGlobalNamespace: true } });
        if (KnownTypes.TryGet(type, out var known))
        {
            node.IsImmutable = known.IsImmutable;
            var arguments = type.TypeArguments;
            foreach (var argument in arguments)
            {
                node.Edges.Add((null, Node(argument, usedBy)));
            }

            if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && node.Edges[0].Node.Encoding == ValueEncoding.Unmanaged)
            {
                node.Encoding = ValueEncoding.Nullable;
            }

            if (known.Formatter is not null)
            {
                // The formatter of a nullable takes the underlying type, the others take the arguments as they are.
                node.Registration = new(node.Name, $"new {Formatters}{known.Formatter}<{string.Join(", ", arguments.Select(a => _names.Of(a, usedBy)))}>()");
            }
        }
        else if (type.IsUnmanagedType && !node.IsOpen)
        {
            FillUnmanaged(node, type);
        }
        else
        {
            Parser.Parse(node, type);
        }
    }

    private void FillUnmanaged(TypeNode node, INamedTypeSymbol type)
    {
        node.IsImmutable = true; // its assignment is its copy
        node.Encoding = ValueEncoding.Unmanaged;
        if (type.TypeKind == TypeKind.Enum || !IsSimple(type))
        {
            node.Problem = PointerProblem(type);
            node.Registration = new(node.Name, $"new {Formatters}UnmanagedFormatter<{node.Name}>()");
        }

        if (node.Problem is null && Parser.ParseChecked(type) is { } parsed)
        {
            node.Encoding = ValueEncoding.Checked;
            node.User = parsed;
            node.Edges.AddRange(parsed.Members.Select(m => ((string?)$"{type.Name}.{m.Symbol.Name}", m.Type)));
        }
    }

    private void FillPendingRef(TypeNode node, ITypeSymbol type, ISymbol? usedBy)
    {
        if (!_names.IsNullablePendingRef(type, usedBy))
        {
            FillWireRef(node);
            return;
        }

        var reference = Node(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), usedBy);
        node.IsImmutable = true;
        node.Edges.Add((null, reference));
        node.Registration = new(node.Name, $"new {Formatters}NullableFormatter<{reference.Name}>()");
    }

    private static void FillWireRef(TypeNode node)
    {
        node.IsImmutable = true;
        node.Registration = new(node.Name, $"new global::Wires.Infrastructure.WireRefFormatter<{node.Name}>()");
    }

    private void FillArray(TypeNode node, IArrayTypeSymbol array, ISymbol? usedBy)
    {
        var element = Node(array.ElementType, usedBy);
        node.Edges.Add((null, element));
        var formatter = array.Rank switch
        {
            1 => "ArrayFormatter",
            2 => "TwoDimensionalArrayFormatter",
            3 => "ThreeDimensionalArrayFormatter",
            4 => "FourDimensionalArrayFormatter",
            _ => null,
        };
        if (formatter is null || (array.Rank == 1 && !array.IsSZArray))
        {
            node.Problem = $"'{TypeNames.Display(array)}' has more dimensions than the format knows (four); use an array of arrays";
            return;
        }

        var isUnmanaged = element.Symbol.IsUnmanagedType && element.Symbol.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T && !element.IsOpen;
        if (array.Rank == 1 && isUnmanaged)
        {
            node.Encoding = element.Encoding == ValueEncoding.Unmanaged ? ValueEncoding.UnmanagedArray : ValueEncoding.Formatter;
            formatter = "UnmanagedArrayFormatter";
        }

        node.Registration = new(node.Name, $"new {Formatters}{formatter}<{element.Name}>()");
    }

    private bool IsAccessible(ITypeSymbol type, out string? reason)
    {
        reason = null;
        if (type is INamedTypeSymbol { IsFileLocal: true } or { IsAnonymousType: true })
        {
            reason = $"'{TypeNames.Display(type)}' has no name outside its file; use a record";
        }
        else if (!_compilation.IsSymbolAccessibleWithin(type.OriginalDefinition, _compilation.Assembly))
        {
            reason = $"'{TypeNames.Display(type)}' is not accessible to generated code; make it internal or public";
        }

        return reason is null;
    }

    private static bool IsWireRef(ITypeSymbol type) => type.IsValueType && type.AllInterfaces.Any(
        i => i is { Name: "IWireRef", Arity: 1, ContainingNamespace: { Name: "Wires", ContainingNamespace.IsGlobalNamespace: true } });

    /// <summary>Registered by the runtime.</summary>
    private static bool IsSimple(INamedTypeSymbol type) => type.SpecialType != SpecialType.None || KnownTypes.MetadataName(type) is
        "System.Guid" or "System.DateTimeOffset" or "System.TimeSpan" or "System.DateOnly" or "System.TimeOnly" or "System.Half" or "System.Int128" or "System.UInt128" or
        "System.Text.Rune" or "System.Numerics.Complex" or "System.Numerics.Plane" or "System.Numerics.Quaternion" or "System.Numerics.Matrix3x2" or
        "System.Numerics.Matrix4x4" or "System.Numerics.Vector2" or "System.Numerics.Vector3" or "System.Numerics.Vector4" or "System.Index" or "System.Range";

    /// <summary>Pointers count as unmanaged, but mean nothing to another process.</summary>
    private static string? PointerProblem(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum || type.SpecialType != SpecialType.None || !type.DeclaringSyntaxReferences.Any())
        {
            return null;
        }

        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field is { IsStatic: false, IsFixedSizeBuffer: false } && Refusals.Of(field.Type) is { } refusal)
            {
                return $"'{TypeNames.Display(type)}.{field.Name}' {refusal}";
            }

            if (field is { IsStatic: false, Type: INamedTypeSymbol inner } && PointerProblem(inner) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    internal static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        IPointerTypeSymbol pointer => IsOpen(pointer.PointedAtType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen) || (named.ContainingType is { } outer && IsOpen(outer)),
        _ => false,
    };
}
