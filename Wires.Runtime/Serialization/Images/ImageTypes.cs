using System.Collections.Concurrent;

namespace Wires.Serialization.Images;

/// <summary>
/// The types that an image may name: those that code of this process has registered a formatter for, and the usual collections behind the
/// interfaces that it declares. A name from the network is only ever looked up here, so it can load no type.
/// </summary>
internal static class ImageTypes
{
    private static readonly ConcurrentDictionary<Type, IObjectFormatter> s_byType = new();
    private static readonly ConcurrentDictionary<Type, string> s_names = new();
    private static readonly ConcurrentDictionary<string, Type> s_byName = new(StringComparer.Ordinal);
    private static int s_named;

    /// <summary>Sets the formatter of a type.</summary>
    public static void Set(IObjectFormatter formatter) => s_byType[formatter.Type] = formatter;

    /// <summary>Sets the formatter of a type that has none.</summary>
    public static void SetDefault(IObjectFormatter formatter) => s_byType.TryAdd(formatter.Type, formatter);

    /// <summary>The formatter of a type at run time, or null.</summary>
    public static IObjectFormatter? Find(Type type) => s_byType.GetValueOrDefault(type);

    /// <summary>The formatter of a type by its name, or null.</summary>
    public static IObjectFormatter? Find(string name)
    {
        if (!s_byName.TryGetValue(name, out Type? type))
        {
            // Most types are never named, so names are made when they are first asked for.
            NameAll();
            if (!s_byName.TryGetValue(name, out type))
            {
                return null;
            }
        }

        return Find(type);
    }

    /// <summary>The name of a type in an image: full names with the assemblies that they are from, without versions.</summary>
    public static string NameOf(Type type) => s_names.GetOrAdd(type, Describe);

    private static void NameAll()
    {
        // Names that are not there must cost no more than a look, whoever sends them.
        int count = s_byType.Count;
        if (count == Volatile.Read(ref s_named))
        {
            return;
        }

        foreach ((Type type, _) in s_byType)
        {
            s_byName[NameOf(type)] = type;
        }

        Volatile.Write(ref s_named, count);
    }

    private static string Describe(Type type)
    {
        if (type.IsArray)
        {
            return $"{Describe(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        string? assembly = type.Assembly.GetName().Name;
        return type.IsGenericType
            ? $"{type.GetGenericTypeDefinition().FullName}<{string.Join("; ", type.GetGenericArguments().Select(Describe))}>, {assembly}"
            : $"{type.FullName}, {assembly}";
    }
}
