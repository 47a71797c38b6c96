using System.Globalization;
using Wires.Generators.Models;
using Wires.Generators.Serialization;

namespace Wires.Generators.Emitting;

/// <summary>The nested class <c>__Wire</c>: what the runtime knows of the wire class, its state and its messages.</summary>
internal static class DescriptorEmitter
{
    public static void Emit(SourceWriter writer, WireModel wire)
    {
        writer
            .Line("/// <summary>For the runtime.</summary>")
            .Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]")
            .Line(WireEmitter.GeneratedCode)
            .Line("internal sealed class __Wire : global::Wires.Infrastructure.WireType")
            .Open()
            .Line("public static readonly __Wire Type = new();")
            .Line();
        EmitConstructor(writer, wire);
        writer.Line().Line($"public override object Create(global::System.IServiceProvider services) => {wire.CreateExpression};").Line();
        StateEmitter.Emit(writer, wire);
        foreach (var method in wire.Methods)
        {
            writer.Line();
            MessageEmitter.Emit(writer, wire.ClassName, method);
        }

        foreach (var tick in wire.Ticks)
        {
            writer.Line();
            TickEmitter.Emit(writer, wire, tick);
        }

        foreach (var formatter in wire.PrivateFormatters.Formatters)
        {
            writer.Line();
            FormatterEmitter.Emit(writer, formatter, "private");
        }

        writer.Close();
    }

    private static void EmitConstructor(SourceWriter writer, WireModel wire)
    {
        var methods = string.Join(", ", wire.Methods.Select(static m => m.MessageName + ".Method"));
        writer
            .Line("private __Wire()")
            .Indent()
            .Line($": base({wire.NameExpression}, typeof({wire.ClassName}), [{methods}])")
            .Outdent()
            .Open();
        var options = wire.Options;
        if (options.IdleAfter is { } idle)
        {
            writer.Line($"IdleAfter = {Span(idle)};");
        }

        if (options.CallTimeout is { } timeout)
        {
            writer.Line($"CallTimeout = {Span(timeout)};");
        }

        if (options.MailboxCapacity > 0)
        {
            writer.Line($"MailboxCapacity = {options.MailboxCapacity.ToString(CultureInfo.InvariantCulture)};");
        }

        if (options.NotifiesAttached)
        {
            writer.Line("NotifiesAttached = true;");
        }

        if (options.NotifiesDetaching)
        {
            writer.Line("NotifiesDetaching = true;");
        }

        if (wire.Ticks.Count > 0)
        {
            writer.Line("Ticks =").Line("[").Indent();
            foreach (var tick in wire.Ticks)
            {
                writer.Line($"new global::Wires.Infrastructure.WireTick({Span(tick.Period)}, {tick.MessageName}.Method),");
            }

            writer.Outdent().Line("];");
        }

        // Whoever can reach a value of these types comes by here first: a ref needs the descriptor.
        writer.Lines(wire.PrivateFormatters.Registrations(prefix: "")).Close();
    }

    public static string Span(long ticks) => $"global::System.TimeSpan.FromTicks({ticks.ToString(CultureInfo.InvariantCulture)}L)";
}
