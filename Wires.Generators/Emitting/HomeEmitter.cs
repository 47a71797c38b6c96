using Wires.Generators.Models;

namespace Wires.Generators.Emitting;

/// <summary>The file of one <c>[Home]</c> interface: its proxy, in which are the descriptor and the messages of its deputies.</summary>
internal static class HomeEmitter
{
    public static string Emit(HomeModel home)
    {
        var writer = new SourceWriter().Line(WireEmitter.Header);
        if (home.Namespace is not null)
        {
            writer.Line($"namespace {home.Namespace};").Line();
        }

        writer
            .Line($"/// <summary>Calls <see cref=\"{home.InterfaceName}\"/> at the home of a wire. For the runtime.</summary>")
            .Line(ModuleEmitter.EditorNever)
            .Line(WireEmitter.GeneratedCode)
            .Line($"internal sealed class {home.ProxyName} : global::Wires.Infrastructure.HomeProxy, {home.InterfaceName}")
            .Open()
            .Line($"public {home.ProxyName}() : base(__Wire.Type) {{ }}");
        foreach (var method in home.Methods)
        {
            writer.Line();
            EmitMethod(writer, home, method);
        }

        writer.Line();
        EmitDescriptor(writer, home);
        return writer.Close().ToString();
    }

    private static void EmitMethod(SourceWriter writer, HomeModel home, HomeMethodModel method)
    {
        var message = method.Message;
        var parameters = string.Join(", ", message.Parameters.Select(static p => $"{(p.Modifier is "in " ? p.Modifier : "")}{p.Type.Name} {p.Name}"));
        EmitObsolete(writer, message);
        var head = $"{method.ReturnType} {method.Owner}.{message.Name}({parameters})";
        if (method.ReturnsTask)
        {
            writer.Line($"{head} => {message.MessageName}({string.Join(", ", message.Parameters.Select(static p => p.Name))}).AsTask();").Line();
            EmitObsolete(writer, message);
            head = $"private {RefMethodEmitter.ReturnType(message)} {message.MessageName}({parameters})";
        }

        writer.Line(head).Open();
        RefMethodEmitter.EmitBody(writer, home.InterfaceName, "__Wire", message);
        writer.Close();
    }

    private static void EmitObsolete(SourceWriter writer, MethodModel message)
    {
        if (message.IsObsolete)
        {
            writer.Line("[global::System.Obsolete]");
        }
    }

    private static void EmitDescriptor(SourceWriter writer, HomeModel home)
    {
        writer
            .Line($"internal sealed class __Wire : global::Wires.Infrastructure.HomeInterface<{home.InterfaceName}>")
            .Open()
            .Line("public static readonly __Wire Type = new();")
            .Line()
            .Line("private __Wire()")
            .Indent()
            .Line($": base({home.NameLiteral}, [{string.Join(", ", home.Methods.Select(static m => m.Message.MessageName + ".Method"))}])")
            .Outdent()
            .Open();
        if (home.CallTimeout is { } timeout)
        {
            writer.Line($"CallTimeout = {DescriptorEmitter.Span(timeout)};");
        }

        writer.Close();
        foreach (var method in home.Methods)
        {
            writer.Line();
            MessageEmitter.Emit(writer, home.InterfaceName, method.Message);
        }

        writer.Close();
    }
}
