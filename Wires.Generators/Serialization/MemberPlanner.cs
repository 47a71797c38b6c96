using Microsoft.CodeAnalysis;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>How generated code, which is not part of the type, gets at each member: plainly where the language lets it, else by an unsafe accessor.</summary>
internal sealed class MemberPlanner(TypeClassifier classifier, WireRefLookup? refs)
{
    /// <summary>Names that the emitted methods use themselves.</summary>
    private static readonly string[] Reserved = ["value", "reader", "writer", "context", "count", "result"];

    private static readonly string[] ReservedInTolerant = [.. Reserved, "lengths", "members", "ends", "start", "i", "id"];

    public AccessorSet AccessorsFor() => new(refs);

    public List<MemberModel> Plan(ParsedType type, AccessorSet accessors)
    {
        var isTolerant = type.Layout is FormatterLayout.VersionTolerant or FormatterLayout.CircularReference;
        var locals = new HashSet<string>(isTolerant ? ReservedInTolerant : Reserved, StringComparer.Ordinal);
        var constructorSetsRequired = type.Constructor?.GetAttributes().Any(a => a.AttributeClass is { Name: "SetsRequiredMembersAttribute" }) == true;
        var canInitialize = type.Construction == ConstructionKind.New && !type.CreatesFirst;
        var members = new List<MemberModel>();
        foreach (var member in type.Members)
        {
            var name = (member.Symbol as IFieldSymbol)?.AssociatedSymbol?.Name ?? member.Symbol.Name;
            var mustInitialize = canInitialize && member.IsRequired && !constructorSetsRequired;
            var isSet = member.Parameter >= 0 && member.IsStoredByConstructor;
            var get = Get(member);
            var keepsDefault = MemoryPackAttributes.Has(member.Symbol, MemoryPackAttributes.SuppressDefault);
            var set = mustInitialize ? MemberAccess.Initializer : isSet ? MemberAccess.None : Set(member, canInitialize && !keepsDefault);
            members.Add(new MemberModel(
                name,
                Local(name, locals),
                member.Type.Plan,
                member.Slot,
                get,
                set,
                member.Parameter,
                keepsDefault,
                get switch
                {
                    MemberAccess.Field => accessors.Field(member.Field!, name),
                    MemberAccess.Method => accessors.Method(member.Property!.GetMethod!, "Get" + member.Symbol.Name),
                    _ => null,
                },
                set switch
                {
                    MemberAccess.Field => accessors.Field(member.Field!, name),
                    MemberAccess.Method => accessors.Method(member.Property!.SetMethod!, "Set" + member.Symbol.Name),
                    _ => null,
                }));
        }

        return members;
    }

    public CallbackModel Plan(string moment, IMethodSymbol method, AccessorSet accessors)
    {
        if (!IsAccessible(method))
        {
            var call = accessors.Method(method, method.Name);
            return new(moment, method.IsStatic ? $"{call}(null);" : $"{call}({(method.ContainingType.IsValueType ? "ref " : "")}{{0}});");
        }

        return new(moment, method.IsStatic ? $"{new IdentityNames(refs).Of(method.ContainingType)}.{Identifiers.Escape(method.Name)}();" : $"{{0}}.{Identifiers.Escape(method.Name)}();");
    }

    private MemberAccess Get(ParsedMember member)
    {
        if ((member.IsHidden || member.ByField) && member.Field is not null)
        {
            return MemberAccess.Field;
        }

        ISymbol getter = member.Property?.GetMethod ?? member.Symbol;
        return IsAccessible(getter) ? MemberAccess.Direct
            : member.Field is not null ? MemberAccess.Field
            : MemberAccess.Method;
    }

    private MemberAccess Set(ParsedMember member, bool canInitialize)
    {
        var byField = member.Field is not null ? MemberAccess.Field : MemberAccess.None;
        if ((member.IsHidden || member.ByField) && member.Field is not null)
        {
            return MemberAccess.Field;
        }

        if (member.Property is not { } property)
        {
            return !member.Field!.IsReadOnly && IsAccessible(member.Field) ? MemberAccess.Direct : MemberAccess.Field;
        }

        if (property.SetMethod is not { } setter)
        {
            return byField;
        }

        if (IsAccessible(setter) && (!setter.IsInitOnly || canInitialize))
        {
            return setter.IsInitOnly ? MemberAccess.Initializer : MemberAccess.Direct;
        }

        return member.Field is not null ? MemberAccess.Field : MemberAccess.Method;
    }

    private bool IsAccessible(ISymbol member) => classifier.CanReach(member.OriginalDefinition);

    private static string Local(string member, HashSet<string> taken)
    {
        var trimmed = member.TrimStart('_');
        var name = trimmed.Length == 0 || char.IsDigit(trimmed[0]) ? "member" : char.ToLowerInvariant(trimmed[0]) + trimmed.Substring(1);
        if (IdentityNames.IsKeyword(name))
        {
            name += "Value";
        }

        var unique = name;
        for (var i = 2; !taken.Add(unique); i++)
        {
            unique = name + i;
        }

        return unique;
    }
}
