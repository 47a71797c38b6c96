using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE4005: a <c>[Home]</c> interface for which the generator makes no proxy, or a constructor that asks for one in a way that gets none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HomeInterfaceShape() : WireRule(Rules.HomeInterfaceShape, WireUse.Class | WireUse.Home)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) => context.RegisterSymbolAction(
        c =>
        {
            var type = (INamedTypeSymbol)c.Symbol;
            if (wires.IsHomeInterface(type))
            {
                CheckInterface(c, wires, type);
            }
            else if (wires.IsWireClass(type))
            {
                CheckConstructors(c, wires, type);
            }
        },
        SymbolKind.NamedType);

    private void CheckInterface(SymbolAnalysisContext context, WireCompilation wires, INamedTypeSymbol type)
    {
        if (Unfit(type, wires.Compilation) is { } reason)
        {
            Report(context, type.Locations[0], type.Name, reason);
            return;
        }

        var seen = new Dictionary<string, ISymbol>(StringComparer.Ordinal);
        foreach (INamedTypeSymbol level in type.AllInterfaces.Prepend(type))
        {
            bool isOwn = SymbolEqualityComparer.Default.Equals(level, type);
            foreach (ISymbol member in level.GetMembers().Where(IsServed))
            {
                if (Unfit(member, wires) is { } wrong)
                {
                    Report(context, isOwn ? member.Locations[0] : type.Locations[0], isOwn ? member.Name : $"{level.Name}.{member.Name}", wrong);
                }
                else if (member is IMethodSymbol method)
                {
                    string signature = MethodIdentity.Signature(method);
                    if (seen.TryGetValue(signature, out ISymbol? twin))
                    {
                        // The one of the interface itself comes first, and is the one to change.
                        Report(context, SymbolEqualityComparer.Default.Equals(twin.ContainingType, type) ? twin.Locations[0] : type.Locations[0], method.Name, $"'{level.Name}' and '{twin.ContainingType.Name}' both have '{signature}', and a call names one; rename one");
                    }
                    else
                    {
                        seen.Add(signature, method);
                    }
                }
            }
        }
    }

    private void CheckConstructors(SymbolAnalysisContext context, WireCompilation wires, INamedTypeSymbol type)
    {
        foreach (IParameterSymbol parameter in type.InstanceConstructors.SelectMany(static c => c.Parameters))
        {
            if (parameter.Type is INamedTypeSymbol asked && wires.IsHomeInterface(asked) && parameter.GetAttributes().Any(static a => a.AttributeClass is { Name: "FromKeyedServicesAttribute" }))
            {
                Report(context, parameter.Locations[0], asked.Name, $"'{parameter.Name}' asks for it by a key, and a home knows its services by type alone; leave [FromKeyedServices] out, and give each service an interface of its own");
            }
        }
    }

    private void Report(SymbolAnalysisContext context, Location location, string name, string reason) => context.ReportDiagnostic(Diagnostic.Create(Rule, location, name, reason));

    private static string? Unfit(INamedTypeSymbol type, Compilation compilation)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.ContainingType)
        {
            if (level.Arity > 0)
            {
                return level.Equals(type, SymbolEqualityComparer.Default) ? "it is generic, and the home must know its types; write one interface per type" : $"it is nested in generic '{level.Name}'; take it out";
            }
        }

        return type.IsFileLocal || !compilation.IsSymbolAccessibleWithin(type, compilation.Assembly) ? "its proxy cannot reach it; make it internal or public" : null;
    }

    private static bool IsServed(ISymbol member) => member switch
    {
        { IsStatic: true } => member.IsAbstract && member is not IMethodSymbol { AssociatedSymbol: not null },
        IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol or IEventSymbol => member.IsAbstract || member.IsVirtual,
        _ => false,
    };

    private static string? Unfit(ISymbol member, WireCompilation wires) => member switch
    {
        { IsStatic: true } => "it is static, so it is no service's",
        IPropertySymbol { IsIndexer: true } => "an indexer cannot be awaited; make it a method that returns a ValueTask",
        IPropertySymbol property => $"a property cannot be awaited; make it a method that returns ValueTask<{Name(property.Type)}>",
        IEventSymbol => "an event keeps delegates of other objects, on another node perhaps; let subscribers hand in their refs",
        { DeclaredAccessibility: not Accessibility.Public } => "it is not public, so no proxy can call it",
        IMethodSymbol method => UnsupportedMember.Unfit(method) ?? UnfitResult(method.ReturnType, wires.Types),
        _ => null,
    };

    private static string? UnfitResult(ITypeSymbol type, WellKnownTypes types) =>
        WellKnownTypes.Is(type, types.Task) || WellKnownTypes.Is(type, types.TaskOf) || WellKnownTypes.Is(type, types.ValueTask) || WellKnownTypes.Is(type, types.ValueTaskOf) ? null
        : type.SpecialType == SpecialType.System_Void || WellKnownTypes.Is(type, types.WireTask) ? $"it returns '{Name(type)}', and the home may be another node; return ValueTask"
        : WellKnownTypes.Is(type, types.AsyncEnumerable) ? "streams do not come from a home; return one part after another"
        : $"it returns '{Name(type)}', and the home may be another node; return ValueTask<{Name(WellKnownTypes.Is(type, types.WireTaskOf) ? ((INamedTypeSymbol)type).TypeArguments[0] : type)}>";

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
