using System.Diagnostics.CodeAnalysis;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Lazy{T}"/> as an object of its value, which writing and copying make.</summary>
public sealed class LazyFormatter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T> : WireFormatter<Lazy<T>>
{
    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Lazy<T>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        CheckType(value);
        writer.WriteObjectHeader(1);
        writer.WriteValue<T>(value.Value);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Lazy<T>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 1)
        {
            WireSerializationException.ThrowMemberCount<Lazy<T>>(1, count, in reader);
        }

        value = new Lazy<T>(reader.ReadValue<T>()!);
    }

    /// <inheritdoc/>
    public override Lazy<T>? Copy(Lazy<T>? value, ref CopyContext context)
    {
        if (value is null)
        {
            return null;
        }

        CheckType(value);
        return new Lazy<T>(context.Copy(value.Value)!);
    }

    private static void CheckType(Lazy<T> value)
    {
        if (value.GetType() != typeof(Lazy<T>))
        {
            WireSerializationException.ThrowRuntimeType<Lazy<T>>(value);
        }
    }
}
