using Wires.Generators.Models;
using Wires.Generators.Parsing;

namespace Wires.Generators.Emitting;

/// <summary>The one file of a compilation that makes its wires known when the module is loaded.</summary>
internal static class ModuleEmitter
{
    // The namespace is the assembly's own, so the name need not be.
    private const string ClassName = "WiresModule";

    public static string Emit(ModuleModel module)
    {
        var writer = new SourceWriter()
            .Line(WireEmitter.Header)
            .Line($"[assembly: global::Wires.Infrastructure.WireModule(typeof(global::{module.Namespace}.{ClassName}))]")
            .Line()
            .Line($"namespace {module.Namespace};")
            .Line()
            .Line("/// <summary>For the runtime, and for assemblies that reference this one.</summary>")
            .Line(EditorNever)
            .Line(WireEmitter.GeneratedCode)
            .Line($"public static class {ClassName}")
            .Open()
            .Line("[global::System.Runtime.CompilerServices.ModuleInitializer]")
            .Line("internal static void Register()")
            .Open();
        foreach (var reference in module.References)
        {
            writer.Line($"global::System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(typeof({reference}).Module.ModuleHandle);");
        }

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

        foreach (var home in module.Homes)
        {
            writer.Line($"global::Wires.Infrastructure.WireRegistry.RegisterHome<{home.InterfaceName}>({home.NameLiteral}, static () => {home.ProxyClassName}.__Wire.Type, static () => new {home.ProxyClassName}());");
        }

        foreach (var wire in module.ClosedWires)
        {
            writer.Line($"global::Wires.Infrastructure.WireRegistry.Register({wire.NameExpression}, static () => TypeOf<{wire.RefClassName}>());");
            writer.Line(ModuleParser.RegisterRef(wire.RefClassName));
        }

        foreach (var exception in module.Exceptions)
        {
            var create = exception.TakesInner
                ? $"static (message, inner) => new {exception.Name}(message, inner!)"
                : $"static (message, _) => new {exception.Name}(message)";
            writer.Line($"global::Wires.Infrastructure.WireRegistry.RegisterException<{exception.Name}>({create});");
        }

        writer.Lines(module.Formatters).Close();
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
            .Line(EditorNever)
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

    public const string EditorNever = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    private static void EmitRegistration(SourceWriter writer, RegistrationModel wire) => writer
        .Line($"global::Wires.Infrastructure.WireRegistry.Register({wire.NameExpression}, static () => {wire.ClassName}.__Wire.Type);")
        .Line(ModuleParser.RegisterRef(wire.RefClassName));
}
