using System.Diagnostics.CodeAnalysis;
using Wires.Remoting;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>An exception that waits to be thrown on: only of a type that can be built anew.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class ExceptionFormatter<T> : WireFormatter<T>
{
    public override void Write(ref WireWriter writer, scoped ref readonly T? value)
    {
        var buffer = new WireBuffer();
        var trial = new WireWriter(buffer);
        var exception = (Exception)(object)value!;
        FaultCodec.Write(ref trial, exception);
        trial.Flush();
        var reader = new WireReader(buffer.WrittenSpan);
        if (FaultCodec.Read(ref reader).GetType() != exception.GetType())
        {
            throw new WireSerializationException($"it holds a {exception.GetType()}, which cannot be built anew elsewhere: give it a constructor (string) or (string, Exception)");
        }

        FaultCodec.Write(ref writer, exception);
    }

    public override void Read(ref WireReader reader, scoped ref T? value) => value = (T)(object)FaultCodec.Read(ref reader);

    public override T? Copy(T? value, ref CopyContext context) => value;
}
