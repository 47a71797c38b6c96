using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>Reads and writes the variables of one kind of stream, as it stands at a <c>yield</c>. What the base library has in it is empty then, or made anew with the next item.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal abstract class IteratorAccess
{
    private static readonly ConcurrentDictionary<Type, IteratorAccess> s_byType = new();

    /// <exception cref="WireSerializationException">It is no method of ours that yields.</exception>
    public static IteratorAccess Of(Type iterator) => s_byType.GetOrAdd(iterator, static type =>
        type.IsAssignableTo(typeof(IAsyncStateMachine)) && type.Name.StartsWith('<') && WireRegistry.Has(type.Assembly)
            ? (IteratorAccess)StackFormatters.New(typeof(IteratorAccess<>), type)
            : throw new WireSerializationException($"its items come from a {type}: only a method that yields them itself goes along."));

    /// <summary>One without values.</summary>
    public abstract object Create();

    public abstract void Write(object iterator, ref WireWriter writer);

    public abstract void Read(object iterator, ref WireReader reader);

    /// <summary>Whether a field is the compiler's own, and means nothing at a <c>yield</c>: its builder, its promise, the last item, the thread that has made it.</summary>
    protected static bool IsOfCompiler(FieldInfo field) =>
        field.FieldType == typeof(AsyncIteratorMethodBuilder)
        || (field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(ManualResetValueTaskSourceCore<>) && field.Name.StartsWith("<>", StringComparison.Ordinal))
        || field.Name is "<>2__current" or "<>l__initialThreadId";
}

/// <inheritdoc/>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class IteratorAccess<TIterator> : IteratorAccess
    where TIterator : class
{
    private readonly FieldAccess<TIterator>[] _variables = [.. FrameAccess.FieldsOf(typeof(TIterator)).Where(static field => !IsOfCompiler(field)).Select(FieldAccess<TIterator>.Create)];

    public override object Create() => RuntimeHelpers.GetUninitializedObject(typeof(TIterator));

    public override void Write(object iterator, ref WireWriter writer)
    {
        var owner = (TIterator)iterator;
        FieldAccess<TIterator>.WriteAll(_variables, ref owner, ref writer, static (ref _) => $"the stream {FrameAccess.NameOf(typeof(TIterator))}");
    }

    public override void Read(object iterator, ref WireReader reader)
    {
        var owner = (TIterator)iterator;
        FieldAccess<TIterator>.ReadAll(_variables, ref owner, ref reader);
    }
}
