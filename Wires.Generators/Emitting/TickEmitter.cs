using Wires.Generators.Models;

namespace Wires.Generators.Emitting;

/// <summary>The message that the clock sends for a method with <c>[Every]</c>.</summary>
internal static class TickEmitter
{
    public static void Emit(SourceWriter writer, WireModel wire, TickModel tick)
    {
        MessageEmitter.EmitHead(
            writer,
            tick.MessageName,
            "global::Wires.Infrastructure.TickCall",
            "global::Wires.Infrastructure.WireMethod",
            tick.Signature,
            tick.Id,
            tick.Flags,
            isObsolete: false);
        writer.Line().Line($"public {tick.MessageName}() : base(Method) {{ }}").Line();
        var call = $"global::System.Runtime.CompilerServices.Unsafe.As<{wire.ClassName}>(wire).{tick.MethodName}({(tick.TakesCancellation ? "Cancellation" : "")})";
        MessageEmitter.EmitInvoke(writer, call, tick.IsAsync, hasResult: false);
        writer.Close();
    }
}
