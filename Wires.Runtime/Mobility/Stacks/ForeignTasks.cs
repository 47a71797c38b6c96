using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Threading.Tasks.Sources;

namespace Wires.Mobility.Stacks;

/// <summary>
/// Which tasks may stay behind while the method that awaits them moves: those that cannot be of the wire's own making. A <see cref="Task"/> method of the wire would go on at the object that
/// stays behind, and a task that the wire completes by another method would wait for ever.
/// </summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal static class ForeignTasks
{
    private const int MaxDepth = 4;

    /// <summary>Whether what an awaiter stands for is a delay, or an async method of an assembly that does not know of wires.</summary>
    public static bool MayStayBehind(object awaiter)
    {
        Type? type = TaskOf(awaiter, 0)?.GetType();
        if (type is null)
        {
            return false;
        }

        if (type.Assembly == typeof(Task).Assembly && type.Name.StartsWith("Delay", StringComparison.Ordinal))
        {
            return true;
        }

        // The base library's box around an async method of whoever has written it.
        Type? method = Array.Find(type.GetGenericArguments(), static argument => argument.IsAssignableTo(typeof(System.Runtime.CompilerServices.IAsyncStateMachine)));
        return method is not null && !KnowsWires(method.Assembly);
    }

    private static bool KnowsWires(Assembly assembly) =>
        assembly == typeof(WireTask).Assembly || Array.Exists(assembly.GetReferencedAssemblies(), static name => string.Equals(name.Name, typeof(WireTask).Assembly.GetName().Name, StringComparison.Ordinal));

    // Awaiters are structures around a task, or around a ValueTask around one; by type, as the names of the fields are nobody's contract.
    private static object? TaskOf(object? value, int depth)
    {
        if (value is null or Task or IValueTaskSource || depth > MaxDepth)
        {
            return value;
        }

        foreach (FieldInfo field in FrameAccess.FieldsOf(value.GetType()))
        {
            object? inner = field.GetValue(value);
            if (inner is Task || (inner is not null && IsSource(inner.GetType())))
            {
                return inner;
            }

            if (inner is not null && field.FieldType.IsValueType && !field.FieldType.IsPrimitive && TaskOf(inner, depth + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static bool IsSource(Type type) =>
        type.IsAssignableTo(typeof(IValueTaskSource)) || Array.Exists(type.GetInterfaces(), static face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IValueTaskSource<>));
}
