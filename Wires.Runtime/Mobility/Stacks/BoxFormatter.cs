using System.Diagnostics.CodeAnalysis;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

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
