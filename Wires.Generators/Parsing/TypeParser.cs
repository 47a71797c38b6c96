using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>The types of arguments, results and fields. What happens to their values is said by the classifier alone.</summary>
internal static class TypeParser
{
    /// <summary>
    /// Null if generated code cannot name the type. A type that cannot travel is no reason to leave anything out: WIRE1004 warns of it, and a call
    /// fails when its value is to be copied or written, unless the user registered a formatter.
    /// </summary>
    public static TypeModel? Parse(ITypeSymbol type, MemberScope scope) =>
        type.IsRefLikeType || TypeNames.Code(type, scope) is not { } name ? null : new TypeModel(name, scope.Classify(type));

    public static bool IsTaskLike(ITypeSymbol type) =>
        (type.Name is "Task" or "ValueTask" && type.IsIn("System.Threading.Tasks")) || (type.Name is "WireTask" && type.IsIn("Wires"));

    public static bool IsStream(ITypeSymbol type) => type is INamedTypeSymbol { Arity: 1 } && type.Is("System.Collections.Generic", "IAsyncEnumerable");

    /// <summary>What goes back to the caller: what a task gives, each item of a stream; null for nothing.</summary>
    public static ITypeSymbol? ResultOf(IMethodSymbol method) => method.ReturnsVoid ? null
        : IsTaskLike(method.ReturnType) || IsStream(method.ReturnType) ? ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault()
        : method.ReturnType;
}
