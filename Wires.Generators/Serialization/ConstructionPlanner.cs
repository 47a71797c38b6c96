using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.Generators.Serialization;

/// <summary>
/// Chooses how a new object is made: by the constructor that MemoryPack would call; for types without its attribute, where none fits, by a
/// parameterless constructor of any accessibility, and last without a constructor.
/// </summary>
internal sealed class ConstructionPlanner(TypeClassifier classifier)
{
    /// <summary>Why there is no way; null when one was found and noted in the type.</summary>
    public string? Choose(ParsedType type, bool annotated)
    {
        var symbol = type.Symbol;
        var name = IdentityNames.Display(symbol);
        var declared = symbol.InstanceConstructors.Where(c => !c.IsImplicitlyDeclared && !IsCopyConstructor(c)).ToList();
        var marked = declared.Where(c => MemoryPackAttributes.Has(c, MemoryPackAttributes.Constructor)).ToList();
        if (marked.Count > 1)
        {
            return $"'{name}' has more than one constructor with [MemoryPackConstructor]";
        }

        if (annotated)
        {
            if (declared.Count > 1 && marked.Count == 0)
            {
                return $"'{name}' has several constructors; mark the one to use with [MemoryPackConstructor]";
            }

            var constructor = marked.FirstOrDefault() ?? declared.FirstOrDefault();
            if (constructor is not null && !Matches(constructor, type.Members, out var parameter))
            {
                return $"'{name}' has a constructor whose parameter '{parameter}' no member has the name and type of; rename it, or mark another constructor with [MemoryPackConstructor]";
            }

            if (type.Layout == FormatterLayout.CircularReference && constructor is { Parameters.IsEmpty: false })
            {
                return $"'{name}' needs a constructor without parameters, as all circular types do: its members may refer to it before they are read";
            }

            if (type.Layout == FormatterLayout.CircularReference && symbol.IsValueType)
            {
                return $"'{name}' is a struct, of which there are no references that could go in a circle; make it a class";
            }

            return Take(type, constructor, annotated);
        }

        var visible = IsSource(symbol) ? declared : declared.Where(IsAccessible).ToList();
        var fits = (marked.Count == 1 ? marked : visible).Where(c => Matches(c, type.Members, out _)).ToList();
        var chosen = marked.FirstOrDefault(fits.Contains)
            ?? (visible.Count == 1 ? fits.FirstOrDefault() : null)
            ?? fits.FirstOrDefault(c => c.Parameters.IsEmpty)
            ?? fits.OrderByDescending(c => c.Parameters.Length).FirstOrDefault();
        if (chosen is not null || declared.Count == 0)
        {
            return Take(type, chosen, annotated);
        }

        if (!IsSource(symbol))
        {
            return $"'{name}' has no public constructor whose parameters are its members; give it one, or a parameterless one";
        }

        type.Construction = symbol.IsValueType ? ConstructionKind.Default : ConstructionKind.Uninitialized;
        return null;
    }

    private string? Take(ParsedType type, IMethodSymbol? constructor, bool annotated)
    {
        type.Constructor = constructor;
        type.Construction = constructor switch
        {
            null when type.Symbol.IsValueType && !annotated => ConstructionKind.Default,
            null => ConstructionKind.New,
            _ => IsAccessible(constructor) ? ConstructionKind.New : ConstructionKind.Accessor,
        };
        foreach (var parameter in constructor?.Parameters ?? [])
        {
            var member = type.Members.First(m => IsFor(parameter, m.Symbol.Name));
            member.Parameter = parameter.Ordinal;
            member.IsStoredByConstructor = annotated || IsStored(member.Symbol, parameter);
        }

        if (type.CreatesFirst && type.Members.Any(m => m.IsRequired))
        {
            // The object exists before its members are read, which `new` does not allow where some are required.
            type.Constructor ??= type.Symbol.InstanceConstructors.First(c => c.Parameters.IsEmpty);
            type.Construction = ConstructionKind.Accessor;
        }

        var lost = IsSource(type.Symbol) || annotated
            ? null
            : type.Members.FirstOrDefault(m => m.Parameter < 0 && m.Symbol is IPropertySymbol { SetMethod: null } or IFieldSymbol { IsReadOnly: true });
        return lost is null ? null : $"'{IdentityNames.Display(type.Symbol)}.{lost.Symbol.Name}' cannot be set, neither by an accessor nor by the constructor; give it an init accessor";
    }

    private bool IsAccessible(IMethodSymbol constructor) => classifier.CanReach(constructor);

    private static bool IsSource(INamedTypeSymbol type) => !type.DeclaringSyntaxReferences.IsEmpty;

    private static bool IsCopyConstructor(IMethodSymbol constructor) => constructor.ContainingType.IsRecord
        && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);

    private static bool Matches(IMethodSymbol constructor, List<ParsedMember> members, out string? parameter)
    {
        foreach (var candidate in constructor.Parameters)
        {
            if (candidate.RefKind is not (RefKind.None or RefKind.In)
                || members.FirstOrDefault(m => IsFor(candidate, m.Symbol.Name)) is not { } member
                || !SymbolEqualityComparer.Default.Equals(member.Type.Symbol, candidate.Type))
            {
                parameter = candidate.Name;
                return false;
            }
        }

        parameter = null;
        return true;
    }

    private static bool IsFor(IParameterSymbol parameter, string member) => string.Equals(parameter.Name, member, StringComparison.OrdinalIgnoreCase)
        || (member.StartsWith("_", StringComparison.Ordinal) && string.Equals(parameter.Name, member.Substring(1), StringComparison.OrdinalIgnoreCase));

    /// <summary>A positional property, or one whose initializer is the parameter itself: anything else might change the value on its way.</summary>
    private static bool IsStored(ISymbol member, IParameterSymbol parameter)
    {
        foreach (var syntax in member.DeclaringSyntaxReferences.Select(r => r.GetSyntax()))
        {
            var initializer = syntax switch
            {
                PropertyDeclarationSyntax property => property.Initializer,
                VariableDeclaratorSyntax field => field.Initializer,
                _ => null,
            };
            var isStored = syntax is ParameterSyntax
                || (initializer?.Value is IdentifierNameSyntax { Identifier.ValueText: var name } && string.Equals(name, parameter.Name, StringComparison.Ordinal));
            if (!isStored)
            {
                return false;
            }
        }

        return true;
    }
}
