using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>Tells what cannot be written by the format, and why. What it does not know, it lets pass.</summary>
/// <remarks>It agrees with the formatters that the generator plans: a type is refused here only if no formatter is made for it.</remarks>
internal sealed class Travel(WireCompilation wires)
{
    private static readonly SymbolDisplayFormat Short =
        SymbolDisplayFormat.CSharpShortErrorMessageFormat.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly ConcurrentDictionary<ITypeSymbol, TravelProblem?> _known = new(SymbolEqualityComparer.Default);

    public TravelProblem? Problem(ITypeSymbol type) => _known.GetOrAdd(type, t => Find(t, ImmutableHashSet.Create<ITypeSymbol>(SymbolEqualityComparer.Default)));

    private TravelProblem? Find(ITypeSymbol type, ImmutableHashSet<ITypeSymbol> above)
    {
        if (type is IArrayTypeSymbol array)
        {
            return Find(array.ElementType, above);
        }

        string name = Display(type);
        if (TravelTable.Refusal(type) is { } refusal)
        {
            return new TravelProblem(isHidden: false, $"'{name}' {refusal}");
        }

        // A cycle of types is no problem of its own: whatever is wrong in it is found where it is.
        return type is not INamedTypeSymbol named || IsPlain(named) || above.Contains(type) ? null
            : TravelTable.HasFormatter(named) ? InArguments(named, above.Add(type))
            : IsOpenEnded(named) ? new TravelProblem(isHidden: false, $"'{name}' {(named.TypeKind == TypeKind.Interface ? "is an interface" : "is abstract")}, so anything may stand behind it; a service stays on its node, and data needs a concrete type")
            : IsFramework(named) ? new TravelProblem(isHidden: true, $"'{name}' keeps fields that the compiler cannot see")
            : named.DeclaringSyntaxReferences.IsEmpty ? null
            : InFields(named, above.Add(type));
    }

    private bool IsPlain(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Enum or TypeKind.Error || type.SpecialType == SpecialType.System_String
        || (type.IsValueType && type.IsUnmanagedType)
        || wires.IsWireRef(type) || wires.IsWireClass(type)
        || type.GetAttributes().Any(static a => a.AttributeClass?.Name is "MemoryPackableAttribute");

    private static bool IsOpenEnded(INamedTypeSymbol type) =>
        (type.TypeKind == TypeKind.Interface || type.IsAbstract) && !type.GetAttributes().Any(static a => a.AttributeClass?.Name is "MemoryPackUnionAttribute");

    private TravelProblem? InArguments(INamedTypeSymbol type, ImmutableHashSet<ITypeSymbol> above)
    {
        foreach (ITypeSymbol argument in type.TypeArguments)
        {
            if (Find(argument, above) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private TravelProblem? InFields(INamedTypeSymbol type, ImmutableHashSet<ITypeSymbol> above)
    {
        for (INamedTypeSymbol? level = type; level is { SpecialType: SpecialType.None }; level = level.BaseType)
        {
            if (IsFramework(level))
            {
                return new TravelProblem(isHidden: true, $"'{Display(type)}' derives from '{Display(level)}', which keeps fields that the compiler cannot see");
            }

            foreach (ISymbol member in level.GetMembers())
            {
                (ISymbol shown, ITypeSymbol? stored) = member switch
                {
                    IFieldSymbol { IsStatic: false } field => (field.AssociatedSymbol ?? field, field.Type),
                    IEventSymbol @event when StateField.IsStored(@event) => (@event, @event.Type),
                    _ => (member, (ITypeSymbol?)null),
                };
                if (stored is not null && !IsIgnored(shown) && Find(stored, above) is { } problem)
                {
                    return new TravelProblem(problem.IsHidden, $"'{level.Name}.{shown.Name}': {problem.Reason}");
                }
            }
        }

        return null;
    }

    private static bool IsIgnored(ISymbol member) => member.GetAttributes().Any(static a => a.AttributeClass?.Name is "MemoryPackIgnoreAttribute");

    /// <summary>Part of the base library or of its extensions, whose reference assemblies leave out private fields.</summary>
    public static bool IsFramework(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.IsEmpty && type.ContainingAssembly is { Identity: { IsStrongName: true, Name: var name } }
        && (name is "System" or "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));

    private static string Display(ITypeSymbol type) => type.ToDisplayString(Short);
}
