using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

internal static class Writes
{
    /// <summary>Whether the operation names a variable in order to change it: by assignment, increment, deconstruction, or as <c>ref</c> or <c>out</c> argument.</summary>
    public static bool To(IOperation variable)
    {
        IOperation current = variable;
        while (current.Parent is ITupleOperation)
        {
            current = current.Parent;
        }

        return current.Parent switch
        {
            IAssignmentOperation assignment => ReferenceEquals(assignment.Target, current),
            IIncrementOrDecrementOperation => true,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
            _ => false,
        };
    }
}
