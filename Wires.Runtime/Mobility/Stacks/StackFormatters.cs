using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Serialization.Formatters;

namespace Wires.Mobility.Stacks;

/// <summary>
/// How the variables of suspended methods are written: by the formatters that messages and state have, and where there is none, as locals are of any type, by ones that are made
/// here: for collections of the base library, for closures and other classes of assemblies with wires (field by field, as both ends run the same build), and for tasks and awaiters.
/// </summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal static class StackFormatters
{
    private const string FormatterNamespace = "Wires.Serialization.Formatters.";

    private static readonly Lock s_lock = new();
    private static readonly MethodInfo s_ensure = typeof(StackFormatters).GetMethod(nameof(TryEnsure), 1, BindingFlags.Static | BindingFlags.NonPublic, [])!;

    /// <summary>By their rank.</summary>
    private static readonly Type[] s_arrays = [typeof(ArrayFormatter<>), typeof(TwoDimensionalArrayFormatter<>), typeof(ThreeDimensionalArrayFormatter<>), typeof(FourDimensionalArrayFormatter<>)];

    /// <summary>Classes whose derived ones have formatters.</summary>
    private static readonly ConcurrentDictionary<Type, bool> s_withDerived = new();

    /// <summary>Types whose formatter is being made, so that a class may refer to itself.</summary>
    [ThreadStatic]
    private static HashSet<Type>? t_making;

    /// <summary>The formatter for a variable.</summary>
    public static WireFormatter<T> ForField<T>(FieldInfo field) =>
        !typeof(T).IsValueType && (field.Name == "<>4__this" || typeof(T).IsDefined(typeof(WireAttribute), inherit: true))
            ? new SelfFormatter<T>()
            : Find<T>() ?? new PinnedFormatter<T>();

    /// <summary>The formatter for a variable, or for the result of a task; null if there is none.</summary>
    public static WireFormatter<T>? Find<T>()
    {
        if (typeof(T) == typeof(object))
        {
            return (WireFormatter<T>)(object)new BoxFormatter();
        }

        if (typeof(T).IsAssignableTo(typeof(Exception)))
        {
            return typeof(T) == typeof(Exception) ? (WireFormatter<T>)(object)ExceptionFormatter.Instance : new CaughtFormatter<T>();
        }

        if (typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(IEnumerable<>))
        {
            return (WireFormatter<T>)New(typeof(SequenceVariableFormatter<>), typeof(T).GetGenericArguments());
        }

        return TryEnsure<T>() ? WireFormatters.Get<T>() : null;
    }

    /// <summary>Whether a variable holds nothing: by its bytes, as its type's own equality may be anything, and some have none.</summary>
    public static bool IsDefault<T>(T value) => typeof(T).IsValueType
        ? !MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>()).ContainsAnyExcept((byte)0)
        : value is null;

    /// <summary>Whether values of a type can be written, making a formatter for it where there is none.</summary>
    public static bool TryEnsure(Type type) => !type.IsByRefLike && !type.IsPointer && (bool)s_ensure.MakeGenericMethod(type).Invoke(null, null)!;

    private static bool TryEnsure<T>()
    {
        if (WireFormatters.Find<T>() is not null)
        {
            return true;
        }

        HashSet<Type> making = t_making ??= [];
        if (!making.Add(typeof(T)))
        {
            // On the way: found by the time that a value is written.
            return true;
        }

        try
        {
            if (Make(typeof(T)) is not WireFormatter<T> formatter)
            {
                return false;
            }

            lock (s_lock)
            {
                if (WireFormatters.Find<T>() is null)
                {
                    WireFormatters.Register(formatter);
                }
            }

            return true;
        }
        finally
        {
            making.Remove(typeof(T));
        }
    }

    private static object? Make(Type type)
    {
        if (type == typeof(CancellationToken))
        {
            return new TokenFormatter();
        }

        if (StreamFormatters.Make(type) is { } stream)
        {
            return stream;
        }

        if (AwaiterFormatters.Make(type) is { } awaiter)
        {
            return awaiter;
        }

        if (EnumeratorFormatters.Make(type) is { } enumerator)
        {
            return enumerator;
        }

        if (type.IsArray)
        {
            int rank = type.GetArrayRank();
            return rank <= s_arrays.Length && TryEnsure(type.GetElementType()!) ? New(s_arrays[rank - 1], type.GetElementType()!) : null;
        }

        if (type.IsEnum || (type.IsValueType && !HasReferences(type)))
        {
            return New(typeof(UnmanagedFormatter<>), type);
        }

        if (type.IsDefined(typeof(InlineArrayAttribute), inherit: false))
        {
            return New(typeof(InlineArrayFormatter<,>), type, FrameAccess.FieldsOf(type)[0].FieldType);
        }

        if (IsOfWires(type))
        {
            return New(type.IsAbstract ? typeof(AbstractFormatter<>) : typeof(FieldwiseFormatter<>), type);
        }

        return type.IsGenericType ? MakeGeneric(type) : null;
    }

    /// <summary>Makes the formatters of the classes that an object may be of where a variable says that it is of another one: those of the same assembly, as no list of all others ends.</summary>
    public static void EnsureDerived(Type type)
    {
        if (type.IsSealed || s_withDerived.ContainsKey(type))
        {
            return;
        }

        foreach (Type derived in type.Assembly.GetTypes())
        {
            if (derived is { IsAbstract: false, ContainsGenericParameters: false } && derived != type && derived.IsAssignableTo(type) && IsOfWires(derived))
            {
                TryEnsure(derived);
            }
        }

        s_withDerived[type] = true;
    }

    // What WireFormatters lists, by its names.
    private static object? MakeGeneric(Type type)
    {
        Type definition = type.GetGenericTypeDefinition();
        Type[] arguments = type.GetGenericArguments();
        string name = definition.Name[..definition.Name.IndexOf('`', StringComparison.Ordinal)];
        string formatter = $"{FormatterNamespace}{(definition.IsInterface ? "Interface" + name[1..] : name)}Formatter`{arguments.Length}";
        return definition.Assembly.GetName().Name is { } assembly && assembly.StartsWith("System.", StringComparison.Ordinal)
            && typeof(StackFormatters).Assembly.GetType(formatter) is { } found
            && Array.TrueForAll(arguments, TryEnsure)
            ? New(found, arguments)
            : null;
    }

    /// <summary>Whether a type is of an assembly with wires, and is nothing but its fields, as far as it tells.</summary>
    private static bool IsOfWires(Type type) =>
        (type.Assembly == typeof(WireTask).Assembly ? type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) : WireRegistry.Has(type.Assembly))
        && !type.IsAssignableTo(typeof(Delegate)) && !type.IsAssignableTo(typeof(IDisposable)) && !type.IsAssignableTo(typeof(IAsyncDisposable))
        && !type.IsAssignableTo(typeof(Exception)) && !type.IsDefined(typeof(WireAttribute), inherit: true)
        && (type.IsValueType || type.IsInterface || type.BaseType == typeof(object) || (type.BaseType is { } parent && WireRegistry.Has(parent.Assembly)));

    private static bool HasReferences(Type type) => (bool)typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!.MakeGenericMethod(type).Invoke(null, null)!;

    /// <summary>Makes an object of a generic class.</summary>
    public static object New(Type definition, params Type[] arguments) => definition.MakeGenericType(arguments).GetConstructor(Type.EmptyTypes)!.Invoke(null);
}
