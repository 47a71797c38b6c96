using System.Diagnostics.CodeAnalysis;
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
    private bool _hasDerived;

    public override bool CreatesFirst => true;

    internal override void RegisterImplementations()
    {
        if (!_hasDerived)
        {
            StackFormatters.EnsureDerived(typeof(T));
            _hasDerived = true;
        }
    }

    private FieldAccess<T>[] Fields => _fields ??= [.. FrameAccess.FieldsOf(typeof(T)).Select(FieldAccess<T>.Create)];

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
            // What its own class adds would be lost.
            throw new WireSerializationException($"it holds a {value.GetType()} as a {typeof(T)}: only classes of the same assembly travel as their base class", typeof(T), -1);
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

        if (typeof(T).IsAbstract)
        {
            throw new WireSerializationException("No object is of an abstract class", typeof(T), reader.Consumed);
        }

        T made = typeof(T).IsValueType ? default! : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        if (!typeof(T).IsValueType)
        {
            reader.Image?.Announce(typeof(T), made!);
        }

        foreach (FieldAccess<T> field in Fields)
        {
            field.Read(ref made, ref reader);
        }

        value = made;
    }

    public override T? Copy(T? value, ref CopyContext context) => throw new WireSerializationException("The generator has made no formatter for this type: no method or state of a wire names it", typeof(T), -1);
}
