using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Wires.Tests.Serialization;

/// <summary>Finds the mutable objects that a value refers to, through private fields too.</summary>
internal static class References
{
    public static HashSet<object> MutableOf(object? root)
    {
        var found = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var queue = new Queue<object?>([root]);
        while (queue.TryDequeue(out var value))
        {
            if (value is null || IsImmutable(value))
            {
                continue;
            }

            if (!value.GetType().IsValueType)
            {
                if (!seen.Add(value))
                {
                    continue;
                }

                // The nodes of immutable collections are shared, the empty ones by all; what they hold counts.
                if (value.GetType().Namespace != "System.Collections.Immutable")
                {
                    found.Add(value);
                }
            }

            // Its items lie in slots of the thread, which all bags share.
            if (value.GetType().Name.StartsWith("ConcurrentBag", StringComparison.Ordinal))
            {
                foreach (var item in (IEnumerable)value)
                {
                    queue.Enqueue(item);
                }

                continue;
            }

            if (value is Array array)
            {
                foreach (var item in array)
                {
                    queue.Enqueue(item);
                }
            }

            for (var type = value.GetType(); type is not null && !type.IsPrimitive && !type.IsPointer; type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    if (!field.FieldType.IsPointer && !field.FieldType.IsPrimitive)
                    {
                        queue.Enqueue(field.GetValue(value));
                    }
                }
            }
        }

        return found;
    }

    // Comparers, delegates and cancellation sources are the library's own statics here; an empty array has nothing to change.
    private static bool IsImmutable(object value) =>
        value is string or Type or Uri or Version or CultureInfo or TimeZoneInfo or Delegate or CancellationTokenSource or CancellationToken or IComparer or IEqualityComparer or Pointer
        || value is Array { Length: 0 }
        || value.GetType().GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IComparer<>) || i.GetGenericTypeDefinition() == typeof(IEqualityComparer<>)))
        || value is Line;
}
