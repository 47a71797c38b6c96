using System.Globalization;
using Wires.Generators.Models;

namespace Wires.Generators.Emitting;

/// <summary>Writes and reads the state of a wire as one MemoryPack object.</summary>
internal static class StateEmitter
{
    public static void Emit(SourceWriter writer, WireModel wire)
    {
        var fields = wire.State.Fields;
        var count = fields.Count.ToString(CultureInfo.InvariantCulture);
        writer
            .Line("public override void WriteState(object wire, ref global::Wires.Serialization.WireWriter writer)")
            .Open();
        EmitSelf(writer, wire);
        writer.Line($"writer.WriteObjectHeader({count});");
        foreach (var field in fields)
        {
            writer.Line(ValueEmitter.Write(field.Type, field.Access));
        }

        writer
            .Close()
            .Line()
            .Line("public override void ReadState(object wire, ref global::Wires.Serialization.WireReader reader)")
            .Open();
        EmitSelf(writer, wire);
        writer.Line($"ReadStateHeader(ref reader, {count});");
        foreach (var field in fields)
        {
            writer.Line($"{field.Access} = {ValueEmitter.Read(field.Type)};");
        }

        writer.Close();
        foreach (var field in fields)
        {
            if (field.Accessor is { } accessor)
            {
                writer.Line();
                EmitAccessor(writer, accessor, "private");
            }
        }
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
