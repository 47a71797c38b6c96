using Wires.Generators.Models;

namespace Wires.Generators.Emitting;

/// <summary>The one file of a compilation that makes its wires known when the module is loaded.</summary>
internal static class ModuleEmitter
{
    public static string Emit(ModuleModel module)
    {
        var writer = new SourceWriter()
            .Line(WireEmitter.Header)
            .Line(WireEmitter.GeneratedCode)
            .Line("file static class WiresModule")
            .Open()
            .Line("[global::System.Runtime.CompilerServices.ModuleInitializer]")
            .Line("internal static void Register()")
            .Open();
        foreach (var wire in module.Wires)
        {
            if (wire.Through is not null)
            {
                writer.Line(wire.Through + ";");
            }
            else if (wire.NameExpression is not null)
            {
                EmitRegistration(writer, wire);
            }
        }

        foreach (var wire in module.ClosedWires)
        {
            writer
                .Line($"global::Wires.Infrastructure.WireRegistry.Register({wire.NameExpression}, static () => TypeOf<{wire.RefClassName}>());")
                .Line($"global::Wires.Serialization.WireFormatters.Register(new global::Wires.Infrastructure.WireRefFormatter<{wire.RefClassName}>());");
        }

        foreach (var exception in module.Exceptions)
        {
            var create = exception.TakesInner
                ? $"static (message, inner) => new {exception.Name}(message, inner!)"
                : $"static (message, _) => new {exception.Name}(message)";
            writer.Line($"global::Wires.Infrastructure.WireRegistry.RegisterException<{exception.Name}>({create});");
        }

        writer.Close();
        if (module.ClosedWires.Count > 0)
        {
            writer.Line().Line("""
                private static global::Wires.Infrastructure.WireType TypeOf<TRef>()
                    where TRef : struct, global::Wires.IWireRef<TRef> => TRef.Type;
                """);
        }

        return writer.Close().ToString();
    }

    /// <summary>A class that is private to another is out of the module's reach: each type around it hands the call on to the next.</summary>
    public static void EmitForwarder(SourceWriter writer, WireModel wire, string? next)
    {
        writer
            .Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]")
            .Line(WireEmitter.GeneratedCode)
            .Line($"internal static void {wire.RegisterMethod}()")
            .Open();
        if (next is null)
        {
            EmitRegistration(writer, wire.Registration);
        }
        else
        {
            writer.Line($"{next}.{wire.RegisterMethod}();");
        }

        writer.Close().Line();
    }

    private static void EmitRegistration(SourceWriter writer, RegistrationModel wire) => writer
        .Line($"global::Wires.Infrastructure.WireRegistry.Register({wire.NameExpression}, static () => {wire.ClassName}.__Wire.Type);")
        .Line($"global::Wires.Serialization.WireFormatters.Register(new global::Wires.Infrastructure.WireRefFormatter<{wire.RefClassName}>());");
}
