using System.Diagnostics.CodeAnalysis;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>The wire itself, or an object on which a method of it works.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class SelfFormatter<T> : VariableFormatter<T>
{
    private const byte None = 0;
    private const byte Self = 1;
    private const byte Other = 2;

    private readonly WireFormatter<T>? _other = !typeof(T).IsDefined(typeof(WireAttribute), inherit: true) && StackFormatters.TryEnsure(typeof(T)) ? WireFormatters.Find<T>() : null;

    protected override void Write(ref WireWriter writer, scoped ref readonly T? value, StackWriter stack)
    {
        if (value is null)
        {
            writer.WriteUnmanaged(None);
        }
        else if (ReferenceEquals(value, stack.Wire))
        {
            writer.WriteUnmanaged(Self);
        }
        else
        {
            writer.WriteUnmanaged(Other);
            writer.WriteValue(_other ?? throw stack.Cannot($"it is a {typeof(T)}"), in value);
        }
    }

    protected override T? Read(ref WireReader reader, StackReader stack)
    {
        switch (reader.ReadUnmanaged<byte>())
        {
            case None:
                return default;
            case Self:
                return stack.Wire is T self ? self : throw new WireSerializationException($"The wire is no {typeof(T)}.");
            default:
                T? value = default;
                reader.ReadValue(_other ?? throw new WireSerializationException($"A {typeof(T)} cannot come."), ref value);
                return value;
        }
    }
}
