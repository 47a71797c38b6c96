using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.Generators.Serialization;

/// <summary>Which members of a type travel, in which order (see <see cref="TypeClassifier"/>).</summary>
internal sealed class MemberCollector(TypeClassifier classifier, Compilation compilation)
{
    /// <summary>By MemoryPack's rules.</summary>
    public List<ParsedMember> Annotated(INamedTypeSymbol type)
    {
        var last = new Dictionary<string, ISymbol>(StringComparer.Ordinal);
        var candidates = new List<ISymbol>();
        foreach (var level in Levels(type))
        {
            foreach (var member in level.GetMembers())
            {
                if (member is (IFieldSymbol or IPropertySymbol) and { IsStatic: false, IsImplicitlyDeclared: false, CanBeReferencedByName: true, IsOverride: false })
                {
                    candidates.Add(member);
                    last[member.Name] = member; // a member that hides another stands for both, at its own place
                }
            }
        }

        var members = new List<ParsedMember>();
        foreach (var member in candidates)
        {
            var isOut = !ReferenceEquals(last[member.Name], member)
                || MemoryPackAttributes.Has(member, MemoryPackAttributes.Ignore)
                || (member.DeclaredAccessibility != Accessibility.Public && !MemoryPackAttributes.Has(member, MemoryPackAttributes.Include))
                || member is IPropertySymbol { GetMethod: null } or IPropertySymbol { IsIndexer: true };
            if (!isOut)
            {
                members.Add(Create(member, FieldBehind(member)));
            }
        }

        return members;
    }

    /// <summary>All state, as if private members were marked to be included and computed properties to be ignored.</summary>
    public List<ParsedMember> Plain(INamedTypeSymbol type)
    {
        var members = new List<ParsedMember>();
        foreach (var level in Levels(type))
        {
            foreach (var member in level.GetMembers())
            {
                if (member.IsStatic || MemoryPackAttributes.Has(member, MemoryPackAttributes.Ignore))
                {
                    continue;
                }

                if (member is IFieldSymbol { AssociatedSymbol: null } field)
                {
                    members.Add(Create(field, field));
                }
                else if (member is IPropertySymbol { IsIndexer: false } property && HoldsState(property, out var behind))
                {
                    var parsed = Create(property, behind);
                    parsed.ByField = behind is not null && (property.IsVirtual || property.IsOverride || !IsPlainAuto(property));
                    members.Add(parsed);
                }
            }
        }

        foreach (var group in members.GroupBy(m => m.Symbol.Name, StringComparer.Ordinal))
        {
            foreach (var hidden in group.Reverse().Skip(1))
            {
                hidden.IsHidden = true;
            }
        }

        return members;
    }

    /// <summary>What makes the members unfit, apart from their types; null when nothing does.</summary>
    public string? ProblemOf(INamedTypeSymbol type, List<ParsedMember> members, bool annotated)
    {
        var name = IdentityNames.Display(type);
        if (annotated)
        {
            var custom = members.FirstOrDefault(m => MemoryPackAttributes.HasCustomFormatter(m.Symbol));
            return custom is null ? null : $"'{name}.{custom.Symbol.Name}' names a formatter of its own, which needs the MemoryPack package";
        }

        foreach (var level in Levels(type))
        {
            if (IsFramework(level))
            {
                var what = SymbolEqualityComparer.Default.Equals(level, type) ? "" : $" derives from '{IdentityNames.Display(level)}', which";
                return $"'{name}'{what} keeps fields that the compiler cannot see; send a record of what matters";
            }

            foreach (var member in level.GetMembers())
            {
                // An event with accessors of its own keeps its delegates elsewhere, in a field that speaks for itself.
                if (member is IEventSymbol { IsStatic: false, IsAbstract: false } @event && (@event.AddMethod?.IsImplicitlyDeclared != false || !IsSource(level)))
                {
                    return $"'{name}.{member.Name}' is an event, which holds delegates: they stay on their node; take it out of the type that is sent";
                }
            }

            if (CapturedParameter(level) is { } parameter)
            {
                return $"'{name}' captures the constructor parameter '{parameter}' in a field that has no name; store it in a field of its own";
            }
        }

        return members.Count == 0 && !IsSource(type)
            ? $"'{name}' shows no field or auto-property outside its assembly, so that nothing of it would travel; send a record of what matters"
            : null;
    }

    /// <summary>Some field can change, or does not travel, so that an instance must not be shared.</summary>
    public static bool HasUncoveredOrMutableState(INamedTypeSymbol type, List<ParsedMember> members)
    {
        var covered = new HashSet<ISymbol>(members.Where(m => m.Field is not null).Select(m => (ISymbol)m.Field!), SymbolEqualityComparer.Default);
        foreach (var level in Levels(type))
        {
            if (!IsSource(level))
            {
                return true;
            }

            foreach (var field in level.GetMembers().OfType<IFieldSymbol>())
            {
                // Fields of a struct may change, in a copy: its assignment is one.
                if (!field.IsStatic && !((field.IsReadOnly || type.IsValueType) && covered.Contains(field)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private ParsedMember Create(ISymbol member, IFieldSymbol? field) =>
        new(member, field, classifier.Node(member is IFieldSymbol f ? f.Type : ((IPropertySymbol)member).Type, member));

    private static bool HoldsState(IPropertySymbol property, out IFieldSymbol? field)
    {
        field = FieldBehind(property);
        if (field is not null || IsSource(property.ContainingType))
        {
            return field is not null;
        }

        // In a compiled assembly the field does not show; the accessors of an auto-property are marked.
        return property is { DeclaredAccessibility: Accessibility.Public, GetMethod: { } getter } && !property.IsOverride
            && getter.GetAttributes().Any(a => a.AttributeClass is { Name: "CompilerGeneratedAttribute" });
    }

    private static IFieldSymbol? FieldBehind(ISymbol member) => member as IFieldSymbol ?? member.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .FirstOrDefault(f => f.AssociatedSymbol is IPropertySymbol property && SymbolEqualityComparer.Default.Equals(property, member));

    /// <summary>Its accessors do nothing but read and write the field.</summary>
    private static bool IsPlainAuto(IPropertySymbol property) => property.DeclaringSyntaxReferences.All(r => r.GetSyntax() is not PropertyDeclarationSyntax syntax
        || (syntax.ExpressionBody is null && syntax.AccessorList?.Accessors.All(a => a.Body is null && a.ExpressionBody is null) == true));

    /// <summary>A parameter of a primary constructor that code outside initializers uses: it lives in a field without a name.</summary>
    private string? CapturedParameter(INamedTypeSymbol type)
    {
        if (type.IsRecord)
        {
            return null; // its parameters are properties
        }

        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not TypeDeclarationSyntax { ParameterList.Parameters: { Count: > 0 } parameters } declaration
                || !compilation.ContainsSyntaxTree(declaration.SyntaxTree))
            {
                continue;
            }

            var names = new HashSet<string>(parameters.Select(p => p.Identifier.ValueText), StringComparer.Ordinal);
            foreach (var part in type.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<TypeDeclarationSyntax>())
            {
                if (Captured(part, names) is { } name)
                {
                    return name;
                }
            }
        }

        return null;
    }

    private string? Captured(TypeDeclarationSyntax part, HashSet<string> names)
    {
        SemanticModel? model = null;
        foreach (var identifier in part.Members.SelectMany(m => m.DescendantNodes()).OfType<IdentifierNameSyntax>())
        {
            if (!names.Contains(identifier.Identifier.ValueText) || IsInInitializer(identifier, part))
            {
                continue;
            }

            model ??= compilation.GetSemanticModel(part.SyntaxTree);
            if (model.GetSymbolInfo(identifier).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
                && constructor.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is TypeDeclarationSyntax))
            {
                return identifier.Identifier.ValueText;
            }
        }

        return null;
    }

    private static bool IsInInitializer(SyntaxNode node, TypeDeclarationSyntax type)
    {
        var member = node.AncestorsAndSelf().First(n => n.Parent == type);
        return member is FieldDeclarationSyntax || (member is PropertyDeclarationSyntax { Initializer: { } initializer } && initializer.FullSpan.Contains(node.Span));
    }

    /// <summary>Base types first, without those that hold nothing.</summary>
    internal static Stack<INamedTypeSymbol> Levels(INamedTypeSymbol type)
    {
        var levels = new Stack<INamedTypeSymbol>();
        for (var level = type; level is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; level = level.BaseType)
        {
            levels.Push(level);
        }

        return levels;
    }

    internal static bool IsSource(INamedTypeSymbol type) => !type.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>Nobody writes DTOs in the base library, and its reference assemblies leave out private fields.</summary>
    internal static bool IsFramework(INamedTypeSymbol type) => !IsSource(type) && type.ContainingAssembly is { Identity: { IsStrongName: true } identity }
        && (identity.Name is "System" or "mscorlib" or "netstandard" || identity.Name.StartsWith("System.", StringComparison.Ordinal) || identity.Name.StartsWith("Microsoft.", StringComparison.Ordinal));
}
