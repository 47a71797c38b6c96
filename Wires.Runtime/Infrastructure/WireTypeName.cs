using System.ComponentModel;

namespace Wires.Infrastructure;

/// <summary>The names that types have between nodes: full names without assemblies, generic arguments in angle brackets.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireTypeName
{
    /// <summary>The name of a closed type.</summary>
    public static string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (!type.IsGenericType)
        {
            return type.FullName ?? type.Name;
        }

        string definition = type.GetGenericTypeDefinition().FullName!;
        int arity = definition.IndexOf('`', StringComparison.Ordinal);
        return $"{(arity < 0 ? definition : definition[..arity])}<{string.Join(',', type.GetGenericArguments().Select(Of))}>";
    }
}
