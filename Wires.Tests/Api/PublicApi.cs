using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Tests.Analyzers.Harness;

namespace Wires.Tests.Api;

/// <summary>Prints what an assembly offers to others: each type with its members, in a stable order.</summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat s_format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        kindOptions: SymbolDisplayKindOptions.IncludeMemberKeyword,
        parameterOptions: SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeModifiers,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_nameFormat = s_format.WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance);

    public static string Print(System.Reflection.Assembly assembly)
    {
        var reference = MetadataReference.CreateFromFile(assembly.Location);
        var compilation = CSharpCompilation.Create("Api", references: [.. TestProject.References.Where(static r => r != TestProject.Runtime), reference]);
        var symbol = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
        var types = Types(symbol.GlobalNamespace).Where(IsVisible).OrderBy(static type => type.ToDisplayString(), StringComparer.Ordinal);
        return string.Join("\n\n", types.Select(Print)) + "\n";
    }

    private static string Print(INamedTypeSymbol type)
    {
        var members = type.GetMembers()
            .Where(member => IsVisible(member) && member is not INamedTypeSymbol && !member.IsImplicitlyDeclared && !IsPartOfAnother(member))
            .OrderBy(static member => (member as IFieldSymbol)?.ConstantValue as int?)
            .ThenBy(Print, StringComparer.Ordinal)
            .Select(static member => "    " + Print(member));
        return string.Join('\n', [Header(type), .. members]);
    }

    // The printer leaves out the modifiers of an interface's members, which are "abstract" mostly.
    private static string Print(ISymbol member) =>
        (member is { ContainingType.TypeKind: TypeKind.Interface, IsStatic: true } ? "static abstract " : "") + member.ToDisplayString(s_format);

    private static string Header(INamedTypeSymbol type)
    {
        List<string> words = [type.DeclaredAccessibility == Accessibility.Public ? "public" : "protected"];
        var kind = type.TypeKind switch
        {
            TypeKind.Class when type.IsStatic => "static class",
            TypeKind.Class when type.IsAbstract => "abstract class",
            TypeKind.Class when type.IsSealed => "sealed class",
            TypeKind.Struct => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : "") + "struct",
            _ => type.TypeKind.ToString().ToLowerInvariant(),
        };
        words.Add(kind);
        IEnumerable<string> bases = type.Interfaces.Where(IsVisible).Select(static i => i.ToDisplayString(s_nameFormat)).Order(StringComparer.Ordinal);
        if (type.BaseType is { SpecialType: SpecialType.None } b)
        {
            bases = bases.Prepend(b.ToDisplayString(s_nameFormat));
        }

        var name = type.ToDisplayString(s_nameFormat);
        var constraints = type.ToDisplayString(s_format)[name.Length..];
        var list = string.Join(", ", bases);
        return $"{string.Join(' ', words)} {name}{(list.Length > 0 ? " : " + list : "")}{constraints}";
    }

    // Accessors are printed with their property or event.
    private static bool IsPartOfAnother(ISymbol member) => member is IMethodSymbol { AssociatedSymbol: not null };

    private static bool IsVisible(ISymbol symbol)
    {
        for (ISymbol? s = symbol; s is not null and not INamespaceSymbol; s = s.ContainingType)
        {
            if (s.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(static member => member switch
    {
        INamespaceSymbol space => Types(space),
        INamedTypeSymbol type => Types(type).Prepend(type),
        _ => [],
    });
}
