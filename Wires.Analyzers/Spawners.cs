using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>What runs a delegate on another thread, as data.</summary>
internal static class Spawners
{
    public static string? Name(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        return (TravelTable.MetadataName(method.ContainingType.OriginalDefinition), method.Name) switch
        {
            ("System.Threading.Tasks.Task", "Run") => "Code in Task.Run",
            ("System.Threading.Tasks.TaskFactory" or "System.Threading.Tasks.TaskFactory`1", "StartNew") => "Code in StartNew",
            ("System.Threading.ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem") => "Code in the thread pool",
            ("System.Threading.Tasks.Parallel", _) => "Code in Parallel." + method.Name,
            _ => null,
        };
    }

    public static string? Name(IObjectCreationOperation creation) => creation.Type is not INamedTypeSymbol type ? null
        : TravelTable.MetadataName(type.OriginalDefinition) switch
        {
            "System.Threading.Thread" => "A thread's code",
            "System.Threading.Timer" => "A timer's callback",
            _ => null,
        };

    /// <summary>Whether an event is raised by a timer, on a thread of its own.</summary>
    public static bool IsTick(IEventSymbol @event) => @event is { Name: "Elapsed", ContainingType.Name: "Timer" };

    /// <summary>Whether a lambda is handed to one of these.</summary>
    public static bool Runs(IAnonymousFunctionOperation lambda)
    {
        IOperation? parent = lambda.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => Name(call) is not null,
            IArgumentOperation { Parent: IObjectCreationOperation creation } => Name(creation) is not null,
            IEventAssignmentOperation => true,
            _ => false,
        };
    }
}
