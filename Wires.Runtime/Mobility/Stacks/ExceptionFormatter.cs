using Wires.Remoting;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

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
