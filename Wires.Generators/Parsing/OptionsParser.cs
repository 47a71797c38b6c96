using System.Globalization;
using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>The options of <c>[Wire]</c>.</summary>
internal static class OptionsParser
{
    public static WireOptionsModel Parse(INamedTypeSymbol type, AttributeData attribute)
    {
        long? idleAfter = null;
        long? callTimeout = null;
        var capacity = 0;
        foreach (var argument in attribute.NamedArguments)
        {
            switch (argument.Key)
            {
                case "IdleAfter":
                    idleAfter = PositiveSpan(argument.Value.Value as string);
                    break;
                case "CallTimeout":
                    callTimeout = Timeout(argument.Value.Value as string);
                    break;
                case "MailboxCapacity" when argument.Value.Value is int and > 0:
                    capacity = (int)argument.Value.Value;
                    break;
            }
        }

        return new WireOptionsModel(idleAfter, callTimeout, capacity, type.Implements("Wires", "IAttached"), type.Implements("Wires", "IDetaching"));
    }

    /// <summary>The <c>CallTimeout</c> of an attribute, in ticks; null where it has none.</summary>
    public static long? CallTimeoutOf(AttributeData attribute)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key is "CallTimeout")
            {
                return Timeout(argument.Value.Value as string);
            }
        }

        return null;
    }

    /// <summary>Ticks of a period; null for one that is none (WIRE4004).</summary>
    public static long? PositiveSpan(string? text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero ? span.Ticks : null;

    // A call may also have no deadline at all.
    private static long? Timeout(string? text) =>
        PositiveSpan(text)
        ?? (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span == System.Threading.Timeout.InfiniteTimeSpan ? span.Ticks : null);
}
