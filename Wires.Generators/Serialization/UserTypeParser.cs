using Microsoft.CodeAnalysis;

namespace Wires.Generators.Serialization;

/// <summary>Looks at a type that the runtime does not know: its layout, its members, how one is made.</summary>
internal sealed class UserTypeParser(TypeClassifier classifier, Compilation compilation, WireRefLookup? refs)
{
    private const int MaxMembers = 250; // the format keeps the codes from 250 on for itself

    private readonly MemberPlanner _planner = new(classifier, refs);
    private readonly MemberCollector _collector = new(classifier, compilation);

    // Asked only of types with the attribute: a look-up goes through all references.
    private bool HasMemoryPack => compilation.GetTypeByMetadataName("MemoryPack.MemoryPackSerializer") is { } serializer
        && compilation.IsSymbolAccessibleWithin(serializer, compilation.Assembly);

    public void Parse(TypeNode node, INamedTypeSymbol type)
    {
        var kind = MemoryPackAttributes.KindOf(type);
        if (kind is "NoGenerate")
        {
            kind = null;
        }

        if (kind is not null && !node.IsOpen && HasMemoryPack)
        {
            node.User = new ParsedType(type, FormatterLayout.Bridge, _planner);
            node.IsImmutable = type.IsSealed && !MemberCollector.HasUncoveredOrMutableState(type, Members(type, annotated: true));
            return;
        }

        node.Problem = Problem(type);
        if (node.Problem is not null || (kind is null or "Collection" && new CollectionParser(classifier).TryParse(node, type)))
        {
            return;
        }

        if (MemoryPackAttributes.UnionCasesOf(type).ToList() is { Count: > 0 } cases && (type.IsAbstract || type.TypeKind == TypeKind.Interface))
        {
            ParseUnion(node, type, cases);
            return;
        }

        var layout = kind switch
        {
            "VersionTolerant" => FormatterLayout.VersionTolerant,
            "CircularReference" => FormatterLayout.CircularReference,
            _ => FormatterLayout.Object,
        };
        var annotated = kind is not null;
        var parsed = new ParsedType(type, layout, _planner);
        parsed.Members.AddRange(Members(type, annotated));
        var hasOpen = false;
        foreach (var member in parsed.Members)
        {
            // What [MemoryPackAllowSerialize] lets pass is looked for at run time: the user registers a formatter.
            var isLeftOpen = annotated && member.Type.Problem is not null && MemoryPackAttributes.Has(member.Symbol, MemoryPackAttributes.AllowSerialize);
            hasOpen |= isLeftOpen;
            if (!isLeftOpen)
            {
                node.Edges.Add(($"{type.Name}.{member.Symbol.Name}", member.Type));
            }
        }

        node.IsImmutable = !hasOpen && (type.IsValueType || type.IsSealed) && !MemberCollector.HasUncoveredOrMutableState(type, parsed.Members);
        node.Problem = _collector.ProblemOf(type, parsed.Members, annotated)
            ?? new ConstructionPlanner(classifier).Choose(parsed, annotated)
            ?? Slots(parsed)
            ?? Callbacks(parsed);
        node.User = parsed;
    }

    /// <summary>The fields of an unmanaged struct that not all bytes are valid for; null when there are none.</summary>
    public ParsedType? ParseChecked(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum || MemberCollector.IsFramework(type))
        {
            return null;
        }

        var parsed = new ParsedType(type, FormatterLayout.Checked, _planner);
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.IsStatic || field.IsFixedSizeBuffer)
            {
                continue;
            }

            var node = classifier.Node(field.Type, field);
            var isChecked = node.Encoding == ValueEncoding.Unmanaged
                ? field.Type is INamedTypeSymbol named && KnownTypes.IsChecked(named)
                : node.Problem is null;
            if (isChecked)
            {
                parsed.Members.Add(new ParsedMember(field, field, node) { Slot = parsed.Members.Count });
            }
        }

        return parsed.Members.Count == 0 ? null : parsed;
    }

    private List<ParsedMember> Members(INamedTypeSymbol type, bool annotated) => annotated ? _collector.Annotated(type) : _collector.Plain(type);

    private static string? Problem(INamedTypeSymbol type)
    {
        var name = IdentityNames.Display(type);
        if (type.IsStatic)
        {
            return $"'{name}' is static";
        }

        if ((type.IsAbstract || type.TypeKind == TypeKind.Interface) && !MemoryPackAttributes.UnionCasesOf(type).Any())
        {
            var what = type.TypeKind == TypeKind.Interface ? "an interface" : "abstract";
            return $"'{name}' is {what}, so that the format cannot know what stands behind it; name a concrete type, or its cases by [MemoryPackUnion(tag, typeof(…))]";
        }

        if (type.GetAttributes().Any(a => a.AttributeClass is { Name: "InlineArrayAttribute" }))
        {
            return $"'{name}' is an inline array of references, which has one field for all elements; use an array";
        }

        return null;
    }

    private void ParseUnion(TypeNode node, INamedTypeSymbol type, List<(ushort Tag, INamedTypeSymbol Type)> cases)
    {
        var parsed = new ParsedType(type, FormatterLayout.Union, _planner);
        foreach (var (tag, member) in cases.OrderBy(c => c.Tag))
        {
            if (compilation.ClassifyCommonConversion(member, type) is not { IsImplicit: true, IsReference: true } || member.IsValueType)
            {
                node.Problem = $"'{IdentityNames.Display(type)}' names '{IdentityNames.Display(member)}' as a case of its union, which does not derive from it";
                return;
            }

            if (parsed.Cases.Any(c => c.Tag == tag))
            {
                node.Problem = $"'{IdentityNames.Display(type)}' uses the tag {tag} of its union twice";
                return;
            }

            var child = classifier.Node(member, type);
            parsed.Cases.Add((tag, child));
            node.Edges.Add(($"{type.Name}[{tag}]", child));
        }

        node.User = parsed;
    }

    /// <summary>Gives each member its place, sorted: stable, so that members without an order keep their declaration's.</summary>
    private static string? Slots(ParsedType parsed)
    {
        var name = IdentityNames.Display(parsed.Symbol);
        var tolerant = parsed.Layout is FormatterLayout.VersionTolerant or FormatterLayout.CircularReference;
        for (var i = 0; i < parsed.Members.Count; i++)
        {
            var order = MemoryPackAttributes.OrderOf(parsed.Members[i].Symbol);
            if (tolerant && order is null or < 0)
            {
                return $"'{name}.{parsed.Members[i].Symbol.Name}' needs a [MemoryPackOrder] of zero or more, as all members of a version-tolerant type do";
            }

            parsed.Members[i].Slot = order ?? i;
        }

        var sorted = parsed.Members.OrderBy(m => m.Slot).ToList();
        if (tolerant && sorted.GroupBy(m => m.Slot).FirstOrDefault(g => g.Count() > 1) is { } clash)
        {
            return $"'{name}' has two members with [MemoryPackOrder({clash.Key})]";
        }

        parsed.Members.Clear();
        parsed.Members.AddRange(sorted);
        for (var i = 0; i < sorted.Count && !tolerant; i++)
        {
            sorted[i].Slot = i;
        }

        return sorted.Count > 0 && sorted[sorted.Count - 1].Slot >= MaxMembers - 1
            ? $"'{name}' has more members than the format can count (249); group some of them in a type of their own"
            : null;
    }

    private static string? Callbacks(ParsedType parsed)
    {
        foreach (var method in parsed.Symbol.GetMembers().OfType<IMethodSymbol>())
        {
            foreach (var moment in (string[])["OnSerializing", "OnSerialized", "OnDeserializing", "OnDeserialized"])
            {
                if (!MemoryPackAttributes.Has(method, $"MemoryPack{moment}Attribute"))
                {
                    continue;
                }

                if (!method.Parameters.IsEmpty)
                {
                    return $"'{IdentityNames.Display(parsed.Symbol)}.{method.Name}' takes MemoryPack's writer or reader, which needs the MemoryPack package; let it take no parameters";
                }

                parsed.Callbacks.Add((moment, method));
            }
        }

        return null;
    }
}
