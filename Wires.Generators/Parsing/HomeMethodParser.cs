using System.Globalization;
using Microsoft.CodeAnalysis;
using Wires.Generators.Identity;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>The methods of a <c>[Home]</c> interface, those of the interfaces that it extends included.</summary>
internal static class HomeMethodParser
{
    /// <summary>Null if a member cannot be served from afar: reported by WIRE4005.</summary>
    public static EquatableArray<HomeMethodModel>? Parse(INamedTypeSymbol type, Compilation compilation)
    {
        var methods = new List<HomeMethodModel>();
        foreach (var level in type.AllInterfaces.Prepend(type))
        {
            foreach (var member in level.GetMembers())
            {
                if (IsServed(member))
                {
                    if (member is not IMethodSymbol method || ParseMethod(method, new MemberScope(compilation, method, wire: null)) is not { } model)
                    {
                        return null;
                    }

                    methods.Add(model);
                }
            }
        }

        // Two of one identity could not be told apart.
        if (methods.Select(static m => m.Message.Id).Distinct().Count() < methods.Count)
        {
            return null;
        }

        return new EquatableArray<HomeMethodModel>(methods
            .OrderBy(static m => m.Message.Signature, StringComparer.Ordinal)
            .Select(static (m, i) => m with { Message = m.Message with { MessageName = $"{m.Message.MessageName}_{i.ToString(CultureInfo.InvariantCulture)}" } }));
    }

    // Accessors come with their property or event; what has a body of its own and cannot be implemented is the interface's business.
    private static bool IsServed(ISymbol member) => member is { IsStatic: true } ? member.IsAbstract : member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => method.IsAbstract || method.IsVirtual,
        IPropertySymbol or IEventSymbol => member.IsAbstract || member.IsVirtual,
        _ => false,
    };

    private static HomeMethodModel? ParseMethod(IMethodSymbol method, MemberScope scope)
    {
        if (method.IsStatic || method.IsGenericMethod || method.DeclaredAccessibility != Accessibility.Public
            || !TypeParser.IsTaskLike(method.ReturnType) || method.ReturnType.Name is "WireTask"
            || MethodParser.SignatureOf(method, scope) is not { } signature
            || ReturnParser.Parse(method, MethodTraits.OfDeputy, scope) is not { } returned
            || ParameterParser.Parse(method, scope) is not { } parameters
            || TypeNames.Code(method.ContainingType, scope) is not { } owner
            || TypeNames.Code(method.ReturnType, scope) is not { } returnType)
        {
            return null;
        }

        var taken = method.Parameters.Select(static p => p.Name).ToList();
        var message = new MethodModel
        {
            Name = Identifiers.Escape(method.Name),
            MessageName = method.Name,
            Signature = signature,
            Id = SignatureHash.Of(signature),
            Flags = MethodTraits.OfDeputy.Flags(returned),
            Shape = returned.Shape,
            IsAsync = returned.IsAsync,
            Result = returned.Type,
            CopiesResult = returned.Copies,
            Parameters = parameters,
            Attributes = EquatableArray<string>.Empty,
            IsObsolete = method.GetAttributes().Any(static a => a.AttributeClass.Is("System", "ObsoleteAttribute")),
            Documentation = EquatableArray<string>.Empty,
            Locals = MethodParser.LocalsOf(taken, "Handle"),
        };
        return new HomeMethodModel(message, owner, returnType, method.ReturnType.Name is "Task");
    }
}
