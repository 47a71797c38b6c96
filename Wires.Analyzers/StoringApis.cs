using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Methods of known libraries that keep what they are given, as data.</summary>
internal static class StoringApis
{
    private static readonly HashSet<string> Adders = new(StringComparer.Ordinal)
    {
        "Add", "TryAdd", "AddOrUpdate", "GetOrAdd", "AddFirst", "AddLast", "AddBefore", "AddAfter", "Insert", "Push", "Enqueue", "EnqueueDequeue", "TryUpdate", "TryWrite", "WriteAsync", "SetItem",
    };

    private static readonly HashSet<string> Wrappers = new(StringComparer.Ordinal)
    {
        "System.WeakReference", "System.WeakReference`1", "System.Lazy`1", "System.Progress`1", "System.Runtime.CompilerServices.StrongBox`1", "System.Collections.Generic.KeyValuePair`2",
        "System.Collections.ObjectModel.ReadOnlyCollection`1", "System.Collections.ObjectModel.ReadOnlyDictionary`2", "System.Memory`1", "System.ReadOnlyMemory`1", "System.ArraySegment`1",
        "System.Tuple`1", "System.Tuple`2", "System.Tuple`3", "System.Tuple`4",
    };

    /// <summary>Whether a method of a collection or channel keeps this argument as an element. A factory is no element: it is run and forgotten.</summary>
    public static bool IsElementOfCollection(IMethodSymbol method, IParameterSymbol parameter) =>
        !method.IsStatic && Adders.Contains(method.Name)
        && (parameter.OriginalDefinition.Type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Type } or { SpecialType: SpecialType.System_Object })
        && method.ContainingType.DeclaringSyntaxReferences.IsEmpty
        && TravelTable.MetadataName(method.ContainingType.OriginalDefinition) is var type
        && (type.StartsWith("System.Collections.", StringComparison.Ordinal) && !type.StartsWith("System.Collections.Immutable.", StringComparison.Ordinal)
            || type.StartsWith("System.Threading.Channels.", StringComparison.Ordinal) || type is "System.Runtime.CompilerServices.ConditionalWeakTable`2");

    /// <summary>Whether objects of this type hold what their constructor is given.</summary>
    public static bool IsWrapper(INamedTypeSymbol type) => Wrappers.Contains(TravelTable.MetadataName(type.OriginalDefinition));

    /// <summary>What a call that keeps a delegate or object for later is called in messages; null if it is not known to.</summary>
    /// <remarks>Code that runs on another thread at once is WIRE2004's.</remarks>
    public static string? Name(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        string type = TravelTable.MetadataName(method.ContainingType.OriginalDefinition);
        bool keeps = (type, method.Name) switch
        {
            // A token that came from outside is cancelled outside.
            ("System.Threading.CancellationToken", "Register" or "UnsafeRegister") => call.Instance is IParameterReferenceOperation || Origins.Of(call.Instance) is Origin.Outside or Origin.Static,
            ("System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1", "ContinueWith") => !call.Arguments.Any(static a => a.Parameter?.Type.Name == "TaskScheduler"),
            ("System.Threading.ThreadPool", "RegisterWaitForSingleObject" or "UnsafeRegisterWaitForSingleObject") => true,
            ("System.Runtime.InteropServices.PosixSignalRegistration", "Create") => true,
            ("System.Runtime.InteropServices.GCHandle", "Alloc") => true,
            ("Microsoft.Extensions.Primitives.ChangeToken", "OnChange") => true,
            ("Microsoft.Extensions.Primitives.IChangeToken", "RegisterChangeCallback") => true,
            ("Microsoft.Extensions.Options.IOptionsMonitor`1", "OnChange") => true,
            ("Microsoft.Extensions.Options.OptionsMonitorExtensions", "OnChange") => true,
            ("System.IObservable`1", "Subscribe") => Origins.Of(call.Instance) is Origin.Outside or Origin.Static,
            ("System.Threading.Interlocked", "Exchange" or "CompareExchange") or ("System.Threading.Volatile", "Write") =>
                call.Arguments.FirstOrDefault(static a => a.Parameter?.Ordinal == 0)?.Value is { } location && Origins.Of(location) is Origin.Outside or Origin.Static,
            _ => false,
        };
        return keeps ? $"{method.ContainingType.Name}.{method.Name}" : null;
    }
}
