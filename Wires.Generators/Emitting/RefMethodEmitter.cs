using Wires.Generators.Models;
using Wires.Generators.Serialization;

namespace Wires.Generators.Emitting;

/// <summary>A method of the ref: the call on the caller's stack where the wire is idle, else the message.</summary>
internal static class RefMethodEmitter
{
    public static void Emit(SourceWriter writer, WireModel wire, MethodModel method)
    {
        var parameters = string.Join(", ", method.Parameters.Select(static p => $"{p.Attributes}{p.Modifier}{p.Type.Name} {p.Name}{p.Default}"));
        writer
            .Lines(method.Documentation)
            .Lines(method.Attributes)
            .Line($"public {ReturnType(method)} {method.Name}({parameters})")
            .Open();
        EmitBody(writer, wire.ClassName, wire.ClassName + ".__Wire", method);
        writer.Close();
    }

    /// <summary>What the method does.</summary>
    /// <param name="writer">Where it is printed.</param>
    /// <param name="className">What the object of the called wire is used as.</param>
    /// <param name="descriptor">The class that the messages are nested in.</param>
    /// <param name="method">The method.</param>
    public static void EmitBody(SourceWriter writer, string className, string descriptor, MethodModel method)
    {
        EmitCopies(writer, method);
        if (method.Shape != MethodShape.Stream)
        {
            EmitInline(writer, className, descriptor, method);
        }

        EmitSend(writer, descriptor, method);
    }

    public static string ReturnType(MethodModel method) => method.Shape switch
    {
        MethodShape.Value => $"global::System.Threading.Tasks.ValueTask<{method.Result!.Name}>",
        MethodShape.Stream => $"global::System.Collections.Generic.IAsyncEnumerable<{method.Result!.Name}>",
        _ => "global::System.Threading.Tasks.ValueTask",
    };

    private static void EmitCopies(SourceWriter writer, MethodModel method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.CopyTarget is { } target)
            {
                writer.Line($"{(parameter.CopyNeedsLocal ? "var " : "")}{target} = {ValueEmitter.Copy(parameter.Type.Plan, parameter.Name)};");
            }
        }
    }

    private static void EmitInline(SourceWriter writer, string className, string descriptor, MethodModel method)
    {
        var (turn, result, exception, _, handle) = method.Locals;
        var call = $"global::System.Runtime.CompilerServices.Unsafe.As<{className}>({turn}.Wire).{method.Name}({string.Join(", ", method.Parameters.Select(static p => p.CopyTarget ?? p.Name))})";

        // A call that is cancelled already does not run: the message's way in tells the caller.
        var notCancelled = string.Concat(method.Parameters.Where(static p => p.IsCancellation).Select(static p => $"!{p.Name}.IsCancellationRequested && "));
        writer
            .Line($"if ({notCancelled}global::Wires.Infrastructure.InlineTurn.TryEnter({handle}, {descriptor}.{method.MessageName}.Method, out var {turn}))")
            .Open()
            .Line("try")
            .Open();
        if (method.IsAsync)
        {
            writer.Line($"return {turn}.{(method.Shape == MethodShape.OneWay ? "LeaveOneWay" : "Leave")}({call});");
        }
        else if (method.Shape == MethodShape.Value)
        {
            writer.Line($"{method.Result!.Name} {result} = {call};");
            if (method.CopiesResult)
            {
                writer.Line($"{result} = {ValueEmitter.Copy(method.Result.Plan, result)};");
            }

            writer
                .Line($"{turn}.Leave();")
                .Line($"return new global::System.Threading.Tasks.ValueTask<{method.Result.Name}>({result});");
        }
        else
        {
            writer.Line($"{call};").Line($"{turn}.Leave();").Line("return default;");
        }

        var fail = method.Shape switch
        {
            MethodShape.Value => $"Fail<{method.Result!.Name}>",
            MethodShape.OneWay => "FailOneWay",
            _ => "Fail",
        };
        writer
            .Close()
            .Line($"catch (global::System.Exception {exception})")
            .Open()
            .Line($"return {turn}.{fail}({exception});")
            .Close()
            .Close()
            .Line();
    }

    private static void EmitSend(SourceWriter writer, string descriptor, MethodModel method)
    {
        var arguments = string.Join(", ", method.Parameters.Where(static p => !p.IsCancellation).Select(static p => p.CopyTarget ?? p.Name));
        var cancellation = string.Concat(method.Parameters.Where(static p => p.IsCancellation).Select(static p => ", " + p.Name));
        writer.Line($"return {descriptor}.{method.MessageName}.Rent({arguments}).Send({method.Locals.Handle}{cancellation});");
    }
}
