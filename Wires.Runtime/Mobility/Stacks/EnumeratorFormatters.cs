using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>Formatters of the enumerators of the usual collections.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal static class EnumeratorFormatters
{
    private static readonly (Type Enumerator, Type Collection, string? View)[] s_known =
    [
        (typeof(List<>.Enumerator), typeof(List<>), null),
        (typeof(HashSet<>.Enumerator), typeof(HashSet<>), null),
        (typeof(Queue<>.Enumerator), typeof(Queue<>), null),
        (typeof(Stack<>.Enumerator), typeof(Stack<>), null),
        (typeof(Dictionary<,>.Enumerator), typeof(Dictionary<,>), null),
        (typeof(Dictionary<,>.KeyCollection.Enumerator), typeof(Dictionary<,>), "Keys"),
        (typeof(Dictionary<,>.ValueCollection.Enumerator), typeof(Dictionary<,>), "Values"),
    ];

    public static object? Make(Type type)
    {
        if (!type.IsGenericType)
        {
            return null;
        }

        Type definition = type.GetGenericTypeDefinition();
        foreach ((Type enumerator, Type generic, string? view) in s_known)
        {
            if (definition != enumerator)
            {
                continue;
            }

            Type collection = generic.MakeGenericType(type.GetGenericArguments());
            FieldInfo? field = Array.Find(FrameAccess.FieldsOf(type), field => field.FieldType == collection);
            return field is not null && StackFormatters.TryEnsure(collection)
                ? Activator.CreateInstance(typeof(EnumeratorFormatter<,>).MakeGenericType(type, collection), field, view)
                : null;
        }

        return null;
    }
}

/// <summary>An enumerator under way: its collection and how many elements it has given. A collection that moves keeps the order of its elements.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class EnumeratorFormatter<TEnumerator, TCollection>(FieldInfo field, string? view) : VariableFormatter<TEnumerator>
    where TEnumerator : struct, IEnumerator
    where TCollection : class
{
    private readonly FieldAccess<TEnumerator, TCollection> _collection = new(field);
    private readonly WireFormatter<TCollection> _formatter = WireFormatters.Get<TCollection>();
    private readonly Func<TCollection, TEnumerator> _start = Compile(view);

    protected override void Write(ref WireWriter writer, scoped ref readonly TEnumerator value, StackWriter stack)
    {
        TEnumerator rest = value;
        TCollection? collection = _collection.Of(ref rest);
        writer.WriteValue(_formatter, in collection);
        if (collection is null)
        {
            return;
        }

        try
        {
            writer.WriteVarInt(Count(_start(collection)) - Count(rest));
        }
        catch (InvalidOperationException)
        {
            throw stack.Cannot($"it enumerates a {typeof(TCollection).Name} that was changed meanwhile");
        }
    }

    protected override TEnumerator Read(ref WireReader reader, StackReader stack)
    {
        TCollection? collection = null;
        reader.ReadValue(_formatter, ref collection);
        if (collection is null)
        {
            return default;
        }

        int given = reader.ReadVarIntInt32();
        TEnumerator enumerator = _start(collection);
        for (int i = 0; i < given && enumerator.MoveNext(); i++)
        {
            // Up to the element that it stands at.
        }

        return enumerator;
    }

    private static int Count(TEnumerator enumerator)
    {
        int count = 0;
        while (enumerator.MoveNext())
        {
            count++;
        }

        return count;
    }

    private static Func<TCollection, TEnumerator> Compile(string? view)
    {
        if (view is null)
        {
            return typeof(TCollection).GetMethod("GetEnumerator", Type.EmptyTypes)!.CreateDelegate<Func<TCollection, TEnumerator>>();
        }

        PropertyInfo property = typeof(TCollection).GetProperty(view)!;
        MethodInfo start = property.PropertyType.GetMethod("GetEnumerator", Type.EmptyTypes)!;
        return collection => (TEnumerator)start.Invoke(property.GetValue(collection), null)!;
    }
}
