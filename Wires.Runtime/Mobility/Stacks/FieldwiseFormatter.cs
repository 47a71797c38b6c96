using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>An object as its fields: both ends run the same build of its assembly.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class FieldwiseFormatter<T> : WireFormatter<T>
{
    // Made late: a class may refer to itself.
    private FieldAccess<T>[]? _fields;

    public override bool CreatesFirst => true;

    private FieldAccess<T>[] Fields => _fields ??= [.. FrameAccess.FieldsOf(typeof(T)).Where(static member => !IsCache(member)).Select(FieldAccess<T>.Create)];

    internal override void RegisterImplementations() => StackFormatters.EnsureDerived(typeof(T));

    public override void Write(ref WireWriter writer, scoped ref readonly T? value)
    {
        if (writer.Image is null)
        {
            throw new WireSerializationException("The generator has made no formatter for this type: no method or state of a wire names it", typeof(T), -1);
        }

        writer.WriteUnmanaged((byte)(value is null ? 0 : 1));
        if (value is null)
        {
            return;
        }

        if (!typeof(T).IsValueType && value.GetType() != typeof(T))
        {
            throw new WireSerializationException($"it holds a {value.GetType()} as a {typeof(T)}, and only classes of that one's assembly travel as such", value.GetType(), -1);
        }

        T owner = value;
        foreach (FieldAccess<T> field in Fields)
        {
            field.Write(ref owner, ref writer);
        }
    }

    public override void Read(ref WireReader reader, scoped ref T? value)
    {
        if (reader.ReadUnmanaged<byte>() == 0)
        {
            value = default;
            return;
        }

        T made = typeof(T).IsValueType ? default! : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        if (!typeof(T).IsValueType)
        {
            reader.Image?.Announce(typeof(T), made!);
        }

        FieldAccess<T>.ReadAll(Fields, ref made, ref reader);

        value = made;
    }

    public override T? Copy(T? value, ref CopyContext context) => throw new WireSerializationException("The generator has made no formatter for this type: no method or state of a wire names it", typeof(T), -1);

    /// <summary>A delegate of a lambda that the compiler keeps in a closure, so that a loop makes it once: it is made again.</summary>
    private static bool IsCache(FieldInfo member) => member.Name.StartsWith("<>9__", StringComparison.Ordinal) && member.FieldType.IsAssignableTo(typeof(Delegate));
}

/// <summary>What only classes derived from it are: an abstract class or an interface. Each object is written by the formatter of its own class.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class AbstractFormatter<T> : WireFormatter<T>
    where T : class
{
    public override void Write(ref WireWriter writer, scoped ref readonly T? value) => throw Unknown(value?.GetType());

    public override void Read(ref WireReader reader, scoped ref T? value) => throw Unknown(null);

    public override T? Copy(T? value, ref CopyContext context) => throw Unknown(value?.GetType());

    internal override void RegisterImplementations() => StackFormatters.EnsureDerived(typeof(T));

    private static WireSerializationException Unknown(Type? type) => new($"it holds a {type?.ToString() ?? "nothing"} as a {typeof(T)}, and only classes of that one's assembly travel as such", type ?? typeof(T), -1);
}
