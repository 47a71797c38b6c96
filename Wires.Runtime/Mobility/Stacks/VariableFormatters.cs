using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Wires.Remoting;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>What only variables of suspended methods hold: no message has it.</summary>
/// <typeparam name="T">The declared type.</typeparam>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal abstract class VariableFormatter<T> : WireFormatter<T>
{
    internal override bool HasIdentity => false;

    public sealed override void Write(ref WireWriter writer, scoped ref readonly T? value) => Write(ref writer, in value, writer.Image?.Stack ?? throw NoMessage());

    public sealed override void Read(ref WireReader reader, scoped ref T? value) => value = Read(ref reader, reader.Image?.Stack ?? throw NoMessage());

    public sealed override T? Copy(T? value, ref CopyContext context) => throw NoMessage();

    protected abstract void Write(ref WireWriter writer, scoped ref readonly T? value, StackWriter stack);

    protected abstract T? Read(ref WireReader reader, StackReader stack);

    private static WireSerializationException NoMessage() => new("Only variables of suspended methods hold such values; no message does", typeof(T), -1);
}

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

/// <summary>What cannot travel, unless there is nothing.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class PinnedFormatter<T> : VariableFormatter<T>
{
    protected override void Write(ref WireWriter writer, scoped ref readonly T? value, StackWriter stack)
    {
        if (!StackFormatters.IsDefault(value))
        {
            throw stack.Cannot($"it holds a {typeof(T)}. End its use before the await, or keep it in a field marked [Local]. A build for debugging keeps locals that are not used any more; one for release does not");
        }

        writer.WriteUnmanaged((byte)0);
    }

    protected override T? Read(ref WireReader reader, StackReader stack)
    {
        reader.Skip(1);
        return default;
    }
}

/// <summary>A token that never fires.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class TokenFormatter : VariableFormatter<CancellationToken>
{
    protected override void Write(ref WireWriter writer, scoped ref readonly CancellationToken value, StackWriter stack)
    {
        if (value.CanBeCanceled)
        {
            throw stack.Cannot("it holds a CancellationToken that may still fire");
        }

        writer.WriteUnmanaged((byte)0);
    }

    protected override CancellationToken Read(ref WireReader reader, StackReader stack)
    {
        reader.Skip(1);
        return CancellationToken.None;
    }
}

/// <summary>An exception, whatever a variable says that it is: several may hold the same one, such as the compiler's own between <c>catch</c> and its end.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class CaughtFormatter<T> : VariableFormatter<T>
{
    protected override void Write(ref WireWriter writer, scoped ref readonly T? value, StackWriter stack)
    {
        var exception = (Exception?)(object?)value;
        writer.WriteValue(ExceptionFormatter.Instance, in exception);
    }

    protected override T? Read(ref WireReader reader, StackReader stack)
    {
        Exception? exception = null;
        reader.ReadValue(ExceptionFormatter.Instance, ref exception);
        return exception is null ? default : exception is T caught ? caught : throw new WireSerializationException($"A {exception.GetType()} has come where a {typeof(T)} was.");
    }
}

/// <summary>An exception that waits to be thrown on: only of a type that can be built anew.</summary>
internal sealed class ExceptionFormatter : WireFormatter<Exception>
{
    public static readonly ExceptionFormatter Instance = new();

    public override void Write(ref WireWriter writer, scoped ref readonly Exception? value)
    {
        var buffer = new WireBuffer();
        var trial = new WireWriter(buffer);
        Exception exception = value!;
        FaultCodec.Write(ref trial, exception);
        trial.Flush();
        var reader = new WireReader(buffer.WrittenSpan);
        if (FaultCodec.Read(ref reader).GetType() != exception.GetType())
        {
            throw new WireSerializationException($"it holds a {exception.GetType()}, which cannot be built anew elsewhere: give it a constructor (string) or (string, Exception)");
        }

        FaultCodec.Write(ref writer, exception);
    }

    public override void Read(ref WireReader reader, scoped ref Exception? value) => value = FaultCodec.Read(ref reader);

    public override Exception? Copy(Exception? value, ref CopyContext context) => value;
}

/// <summary>A variable of type <see cref="object"/>: what the compiler keeps there is an exception between <c>catch</c> or <c>finally</c> and its end, or a number.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class BoxFormatter : VariableFormatter<object>
{
    protected override void Write(ref WireWriter writer, scoped ref readonly object? value, StackWriter stack)
    {
        switch (value)
        {
            case null:
                writer.WriteUnmanaged((byte)0);
                break;
            case Exception exception:
                writer.WriteUnmanaged((byte)1);
                writer.WriteValue(ExceptionFormatter.Instance, in exception!);
                break;
            case int number:
                writer.WriteUnmanaged((byte)2, number);
                break;
            case string text:
                writer.WriteUnmanaged((byte)3);
                writer.WriteString(text);
                break;
            default:
                throw stack.Cannot($"it holds a {value.GetType()} as an object");
        }
    }

    protected override object? Read(ref WireReader reader, StackReader stack)
    {
        switch (reader.ReadUnmanaged<byte>())
        {
            case 1:
                Exception? exception = null;
                reader.ReadValue(ExceptionFormatter.Instance, ref exception);
                return exception;
            case 2:
                return reader.ReadUnmanaged<int>();
            case 3:
                return reader.ReadString();
            default:
                return null;
        }
    }
}
