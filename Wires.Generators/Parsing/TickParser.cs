using System.Globalization;
using Microsoft.CodeAnalysis;
using Wires.Generators.Identity;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Finds the methods with <c>[Every]</c>. They need not be public.</summary>
internal static class TickParser
{
    public static EquatableArray<TickModel> Parse(INamedTypeSymbol type, Compilation compilation)
    {
        var ticks = new List<TickModel>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var level = type; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsGenericMethod: false } method
                    && ParseTick(method, type, compilation) is { } tick
                    && seen.Add(tick.Signature))
                {
                    ticks.Add(tick);
                }
            }
        }

        return new EquatableArray<TickModel>(ticks
            .OrderBy(static t => t.Signature, StringComparer.Ordinal)
            .Select(static (t, i) => t with { MessageName = $"{t.MessageName}_{i.ToString(CultureInfo.InvariantCulture)}" }));
    }

    // A period that is none, arguments, or a result: reported by WIRE4004.
    private static TickModel? ParseTick(IMethodSymbol method, INamedTypeSymbol type, Compilation compilation)
    {
        var traits = MethodTraits.Of(method);
        if (!traits.HasEvery || OptionsParser.PositiveSpan(traits.Every) is not { } period || !compilation.IsSymbolAccessibleWithin(method, type, type))
        {
            return null;
        }

        var isAsync = TypeParser.IsTaskLike(method.ReturnType);
        var takesCancellation = method.Parameters.Length == 1 && method.Parameters[0].Type.IsCancellationToken();
        if (!(method.ReturnsVoid || (isAsync && ((INamedTypeSymbol)method.ReturnType).Arity == 0)) || (method.Parameters.Length > 0 && !takesCancellation))
        {
            return null;
        }

        // A method may be called and run by the clock: two identities.
        var signature = $"[Every] {method.Name}({(takesCancellation ? "System.Threading.CancellationToken" : "")})";
        return new TickModel(
            Identifiers.Escape(method.Name),
            "Tick_" + method.Name,
            signature,
            SignatureHash.Of(signature),
            traits.Flags(returned: null),
            period,
            traits.Every!,
            isAsync,
            takesCancellation);
    }
}
