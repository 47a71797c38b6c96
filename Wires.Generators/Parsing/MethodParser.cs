using System.Globalization;
using Microsoft.CodeAnalysis;
using Wires.Generators.Identity;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Finds the callable methods of a wire class.</summary>
internal static class MethodParser
{
    public static EquatableArray<MethodModel> Parse(INamedTypeSymbol type, SyntaxNode node, Compilation compilation)
    {
        var candidates = new List<MethodModel>();
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        for (var level = type; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            var ownSignatures = new List<string>();
            foreach (var member in level.GetMembers())
            {
                // Generic methods are reported by WIRE4002, as are the parameters that ParameterParser refuses.
                if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsGenericMethod: false } method)
                {
                    continue;
                }

                var scope = new MemberScope(compilation, method, type);
                if (SignatureOf(method, scope) is not { } signature)
                {
                    continue;
                }

                // Whatever its accessibility, it hides a method of a base class.
                ownSignatures.Add(signature);
                if (!hidden.Contains(signature) && IsCallable(method, type) && ParseMethod(method, signature, scope, type.Name + RefResolver.Suffix, node) is { } model)
                {
                    candidates.Add(model);
                }
            }

            hidden.UnionWith(ownSignatures);
        }

        return Order(candidates);
    }

    /// <summary><c>Name(types)</c>. The token of cancellation counts as every other type does, so that overloads that differ by it alone are two methods.</summary>
    public static string? SignatureOf(IMethodSymbol method, MemberScope scope)
    {
        var names = new string[method.Parameters.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (TypeNames.Signature(method.Parameters[i].Type, scope) is not { } name)
            {
                return null;
            }

            names[i] = name;
        }

        return $"{method.Name}({string.Join(",", names)})";
    }

    // Sorted, so that moving a method within its file changes nothing. Two of one identity (overloads that differ by `in` alone) are both left out: WIRE4003.
    private static EquatableArray<MethodModel> Order(List<MethodModel> candidates)
    {
        var methods = candidates
            .GroupBy(static m => m.Id)
            .Where(static g => g.Count() == 1)
            .Select(static g => g.First())
            .OrderBy(static m => m.Signature, StringComparer.Ordinal)
            .Select(static (m, i) => m with { MessageName = $"{m.MessageName}_{i.ToString(CultureInfo.InvariantCulture)}" });
        return new EquatableArray<MethodModel>(methods);
    }

    private static bool IsCallable(IMethodSymbol method, INamedTypeSymbol type)
    {
        if (method.DeclaredAccessibility != Accessibility.Public)
        {
            return false;
        }

        var root = method;
        while (root.OverriddenMethod is { } overridden)
        {
            root = overridden;
        }

        return root.ContainingType.SpecialType != SpecialType.System_Object && !IsLifetime(method, type);
    }

    private static bool IsLifetime(IMethodSymbol method, INamedTypeSymbol type) => method switch
    {
        { Name: "Dispose" or "DisposeAsync", Parameters.Length: 0 } => true,
        { Name: "OnAttached", Parameters.Length: 1 } => method.Parameters[0].Type.Is("Wires", "AttachReason") && type.Implements("Wires", "IAttached"),
        { Name: "OnDetaching", Parameters.Length: 1 } => method.Parameters[0].Type.Is("Wires", "DetachReason") && type.Implements("Wires", "IDetaching"),
        _ => false,
    };

    private static MethodModel? ParseMethod(IMethodSymbol method, string signature, MemberScope scope, string refName, SyntaxNode node)
    {
        var traits = MethodTraits.Of(method);
        if (IsTakenOnRef(method, refName)
            || ReturnParser.Parse(method, traits, scope) is not { } returned
            || ParameterParser.Parse(method, scope) is not { } parameters)
        {
            return null;
        }

        var taken = method.Parameters.Select(static p => p.Name).ToList();
        var attributes = AttributePrinter.ForMember(method, scope);
        return new MethodModel
        {
            Name = Identifiers.Escape(method.Name),
            MessageName = method.Name,
            Signature = signature,
            Id = SignatureHash.Of(signature),
            Flags = traits.Flags(returned),
            Shape = returned.Shape,
            IsAsync = returned.IsAsync,
            Result = returned.Type,
            CopiesResult = returned.Copies,
            Parameters = parameters,
            Attributes = attributes,
            IsObsolete = attributes.Any(static a => a.Contains("ObsoleteAttribute")),
            Documentation = DocumentationParser.Parse(method, node, scope),
            Locals = LocalsOf(taken, "_handle"),
        };
    }

    /// <summary>Names for what a generated method needs beside its parameters.</summary>
    /// <param name="taken">The names of the parameters.</param>
    /// <param name="handle">The member that holds the handle.</param>
    public static LocalNames LocalsOf(List<string> taken, string handle) => new(
        Identifiers.Unused("turn", taken),
        Identifiers.Unused("result", taken),
        Identifiers.Unused("exception", taken),
        Identifiers.Unused("call", taken),
        taken.Contains(handle, StringComparer.Ordinal) ? "this." + handle : handle);

    // Names that the ref needs for itself: reported by WIRE4003.
    private static bool IsTakenOnRef(IMethodSymbol method, string refName) =>
        method.Name is "Id" or "_handle" or "__Wire" || string.Equals(method.Name, refName, StringComparison.Ordinal) || method switch
        {
            { Name: "WithTimeout", Parameters.Length: 1 } => method.Parameters[0].Type.Is("System", "TimeSpan"),
            { Name: "Equals", Parameters.Length: 1 } => method.Parameters[0].Type.SpecialType == SpecialType.System_Object || string.Equals(method.Parameters[0].Type.Name, refName, StringComparison.Ordinal),
            { Name: "GetHashCode" or "ToString" or "GetType" or "MemberwiseClone", Parameters.Length: 0 } => true,
            _ => false,
        };
}
