using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Whether the enumeration of a <c>foreach</c> can be taken up elsewhere.</summary>
internal static class ForEachSource
{
    /// <summary>Whether the value is the enumerator that a <c>foreach</c> keeps.</summary>
    public static bool IsEnumerator(IOperation value) => value.IsImplicit && value.Syntax.Parent is CommonForEachStatementSyntax loop && loop.Expression == value.Syntax;

    /// <summary>Why not, where that is sure: an array or known collection travels as its items do, a query or a reader does not.</summary>
    public static string? Problem(IOperation source, WireCompilation wires)
    {
        while (source is IConversionOperation or IInvocationOperation { IsImplicit: true })
        {
            IOperation? inner = source is IInvocationOperation getEnumerator ? getEnumerator.Instance ?? getEnumerator.Arguments.FirstOrDefault()?.Value : ((IConversionOperation)source).Operand;
            if (inner is null)
            {
                return null;
            }

            source = inner;
        }

        return source switch
        {
            IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" }, ReturnType: INamedTypeSymbol { Name: "IEnumerable" or "IOrderedEnumerable" }, Name: not ("AsEnumerable" or "Empty") } query } =>
                $"the query '{query.Name}' stands in the middle of its source, which no other node can see; end it with ToList()",
            IInvocationOperation { TargetMethod: { ContainingType.Name: "File", Name: "ReadLines" } or { ContainingType.Name: "Directory", Name: "EnumerateFiles" or "EnumerateDirectories" or "EnumerateFileSystemEntries" } } reader
                when reader.TargetMethod.ContainingNamespace.ToDisplayString() == "System.IO" => $"'{reader.TargetMethod.ContainingType.Name}.{reader.TargetMethod.Name}' reads as it goes on this node; read all of it first",
            { Type: IArrayTypeSymbol array } => wires.Travel.Problem(array)?.Reason,
            { Type: INamedTypeSymbol { Name: "List" or "Dictionary" or "HashSet" or "Queue" or "Stack" or "SortedDictionary" or "SortedSet" or "LinkedList" } type } when TravelTable.HasFormatter(type) => ItemProblem(type, wires),
            _ => null,
        };
    }

    // What the enumeration gives next must travel with it; refs to objects of open types are written by their run-time type.
    private static string? ItemProblem(INamedTypeSymbol type, WireCompilation wires)
    {
        foreach (ITypeSymbol argument in type.TypeArguments)
        {
            if (TravelTable.Refusal(argument) is { } refusal && argument.SpecialType != SpecialType.System_Object && !argument.Name.EndsWith("Task", StringComparison.Ordinal) && !argument.Name.EndsWith("Exception", StringComparison.Ordinal))
            {
                return $"'{argument.Name}' {refusal}";
            }
        }

        return null;
    }
}
