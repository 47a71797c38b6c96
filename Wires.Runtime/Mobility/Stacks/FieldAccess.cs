using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>One field of a state machine or a closure.</summary>
/// <typeparam name="TOwner">The type that has the field.</typeparam>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal abstract class FieldAccess<TOwner>(FieldInfo field)
{
    public FieldInfo Field { get; } = field;

    public static FieldAccess<TOwner> Create(FieldInfo field) =>
        (FieldAccess<TOwner>)Activator.CreateInstance(typeof(FieldAccess<,>).MakeGenericType(typeof(TOwner), field.FieldType), field)!;

    /// <summary>Tells where a variable is, for people.</summary>
    public delegate string Place(ref TOwner owner);

    /// <summary>Writes variables, and names the one that cannot be.</summary>
    /// <exception cref="WireSerializationException">One cannot travel.</exception>
    public static void WriteAll(FieldAccess<TOwner>[] variables, ref TOwner owner, ref WireWriter writer, Place place)
    {
        foreach (FieldAccess<TOwner> variable in variables)
        {
            try
            {
                variable.Write(ref owner, ref writer);
            }
            catch (WireSerializationException e)
            {
                throw new WireSerializationException($"{FrameAccess.Describe(variable.Field)} of {place(ref owner)} cannot travel: {e.Message}", e);
            }
        }
    }

    /// <summary>Reads what <see cref="WriteAll"/> has written, or fields that were written one by one.</summary>
    public static void ReadAll(FieldAccess<TOwner>[] variables, ref TOwner owner, ref WireReader reader)
    {
        foreach (FieldAccess<TOwner> variable in variables)
        {
            variable.Read(ref owner, ref reader);
        }
    }

    public abstract void Write(ref TOwner owner, ref WireWriter writer);

    public abstract void Read(ref TOwner owner, ref WireReader reader);

    /// <summary>What it holds.</summary>
    public abstract object? Box(ref TOwner owner);

    /// <summary>Whether it holds anything but its default.</summary>
    public abstract bool HasValue(ref TOwner owner);
}

/// <inheritdoc/>
/// <typeparam name="TOwner">The type that has the field.</typeparam>
/// <typeparam name="TField">The field's type.</typeparam>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class FieldAccess<TOwner, TField> : FieldAccess<TOwner>
{
    private readonly FieldReference<TOwner, TField> _reference;
    private readonly WireFormatter<TField>? _formatter;

    public FieldAccess(FieldInfo field)
        : base(field)
    {
        _reference = Compile(field);
        _formatter = FrameAccess.IsBuilder(typeof(TField)) ? null : StackFormatters.ForField<TField>(field);
    }

    public ref TField Of(ref TOwner owner) => ref _reference(ref owner);

    public override void Write(ref TOwner owner, ref WireWriter writer) => writer.WriteValue(_formatter!, in _reference(ref owner)!);

    public override void Read(ref TOwner owner, ref WireReader reader)
    {
        // Not into the field itself: a formatter may look at what is there.
        TField? value = default;
        reader.ReadValue(_formatter!, ref value);
        _reference(ref owner) = value!;
    }

    public override object? Box(ref TOwner owner) => _reference(ref owner);

    public override bool HasValue(ref TOwner owner) => !StackFormatters.IsDefault(_reference(ref owner));

    // Fields of the compiler's types have names that no C# can say, so the code that reaches them is emitted.
    private static FieldReference<TOwner, TField> Compile(FieldInfo field)
    {
        var method = new DynamicMethod(field.Name, typeof(TField).MakeByRefType(), [typeof(TOwner).MakeByRefType()], typeof(FieldAccess<TOwner>).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        if (!typeof(TOwner).IsValueType)
        {
            code.Emit(OpCodes.Ldind_Ref);
        }

        code.Emit(OpCodes.Ldflda, field);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<FieldReference<TOwner, TField>>();
    }
}
