using System.Diagnostics.CodeAnalysis;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

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
