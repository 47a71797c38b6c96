using Microsoft.CodeAnalysis;

namespace Wires.Generators.Parsing;

/// <summary>What the attributes of a method say.</summary>
internal readonly struct MethodTraits
{
    public bool IsInterleaved { get; private init; }

    public bool IsOneWay { get; private init; }

    public string? Every { get; private init; }

    public bool HasEvery { get; private init; }

    /// <summary>Of the methods that deputies serve: one call must not wait for another of the same wire.</summary>
    public static MethodTraits OfDeputy => new() { IsInterleaved = true };

    /// <summary>An override has what the overridden method says too.</summary>
    public static MethodTraits Of(IMethodSymbol method)
    {
        var traits = default(MethodTraits);
        for (var level = method; level is not null; level = level.OverriddenMethod)
        {
            foreach (var attribute in level.GetAttributes())
            {
                if (attribute.AttributeClass is not { } type || !type.IsIn("Wires"))
                {
                    continue;
                }

                traits = type.Name switch
                {
                    "InterleaveAttribute" => traits with { IsInterleaved = true },
                    "OneWayAttribute" => traits with { IsOneWay = true },
                    "EveryAttribute" when !traits.HasEvery && attribute.ConstructorArguments.Length == 1 =>
                        traits with { HasEvery = true, Every = attribute.ConstructorArguments[0].Value as string },
                    _ => traits,
                };
            }
        }

        return traits;
    }

    public string Flags(ReturnPlan? returned)
    {
        var flags = new List<string>();
        Add(IsInterleaved, "Interleave");
        Add(returned?.Shape == Models.MethodShape.OneWay, "OneWay");
        Add(returned?.Copies == true, "CopiesResult");
        Add(returned?.Shape == Models.MethodShape.Stream, "Stream");
        Add(returned is null, "Tick");
        return flags.Count == 0 ? Flag("None") : string.Join(" | ", flags);

        void Add(bool isSet, string name)
        {
            if (isSet)
            {
                flags.Add(Flag(name));
            }
        }

        static string Flag(string name) => "global::Wires.Infrastructure.WireMethodFlags." + name;
    }
}
