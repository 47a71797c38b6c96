using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Generators.Models;
using Wires.Generators.Serialization;

namespace Wires.Generators.Emitting;

/// <summary>Writes and reads the state of a wire as one MemoryPack object.</summary>
internal static class StateEmitter
{
    private const string WriteState = "public override void WriteState(object wire, ref global::Wires.Serialization.WireWriter writer)";
    private const string ReadState = "public override void ReadState(object wire, ref global::Wires.Serialization.WireReader reader)";

    public static void Emit(SourceWriter writer, WireModel wire)
    {
        if (wire.State.Problem is { } problem)
        {
            // WIRE3001 is an error, so this runs only where somebody turned it off.
            var fail = $"=> throw new global::Wires.Serialization.WireSerializationException({SymbolDisplay.FormatLiteral($"The state of '{wire.MetadataName}' cannot travel: {problem}.", quote: true)});";
            writer.Line($"{WriteState} {fail}").Line().Line($"{ReadState} {fail}");
            return;
        }

        EmitTravelling(writer, wire);
        foreach (var field in wire.State.Fields)
        {
            if (field.Accessor is { } accessor)
            {
                writer.Line();
                EmitAccessor(writer, accessor, "private");
            }
        }
    }

    private static void EmitTravelling(SourceWriter writer, WireModel wire)
    {
        var fields = wire.State.Fields.Select(static f => (f.Type.Plan, f.Access)).ToList();
        var count = fields.Count.ToString(CultureInfo.InvariantCulture);
        writer.Line(WriteState).Open();
        EmitSelf(writer, wire);
        writer
            .Line($"writer.WriteObjectHeader({count});")
            .Lines(ValueEmitter.WriteAll("writer", fields))
            .Close()
            .Line()
            .Line(ReadState)
            .Open();
        EmitSelf(writer, wire);
        writer
            .Line($"ReadStateHeader(ref reader, {count});")
            .Lines(ValueEmitter.ReadAll("reader", fields))
            .Close();
    }

    public static void EmitAccessorClass(SourceWriter writer, AccessorClassModel accessors)
    {
        writer
            .Line(WireEmitter.GeneratedCode)
            .Line($"file static class {accessors.Name}{accessors.TypeParameters}");
        RefEmitter.EmitConstraints(writer, accessors.Constraints);
        writer.Open();
        var isFirst = true;
        foreach (var accessor in accessors.Accessors)
        {
            if (!isFirst)
            {
                writer.Line();
            }

            isFirst = false;
            EmitAccessor(writer, accessor, "public");
        }

        writer.Close();
    }

    private static void EmitSelf(SourceWriter writer, WireModel wire)
    {
        if (wire.State.Fields.Count > 0)
        {
            writer.Line($"var self = global::System.Runtime.CompilerServices.Unsafe.As<{wire.ClassName}>(wire);");
        }
    }

    private static void EmitAccessor(SourceWriter writer, AccessorModel accessor, string accessibility) => writer
        .Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = \"{accessor.FieldName}\")]")
        .Line($"{accessibility} static extern ref {accessor.FieldType} {accessor.Name}({accessor.OwnerType} self);");
}
