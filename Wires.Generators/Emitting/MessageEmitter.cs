using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Generators.Models;
using Wires.Generators.Serialization;

namespace Wires.Generators.Emitting;

/// <summary>The message class of one method.</summary>
internal static class MessageEmitter
{
    public static void Emit(SourceWriter writer, string className, MethodModel method)
    {
        var arguments = method.Parameters.Where(static p => !p.IsCancellation).ToList();
        EmitHead(writer, method.MessageName, BaseOf(method), MethodType(method), method.Signature, method.Id, method.Flags, method.IsObsolete);
        if (arguments.Count > 0)
        {
            writer.Line();
            foreach (var argument in arguments)
            {
                writer.Line($"private {argument.Type.Name} {argument.FieldName};");
            }
        }

        writer.Line().Line($"public {method.MessageName}() : base(Method) {{ }}").Line();
        EmitRent(writer, method, arguments);
        writer.Line();
        EmitInvoke(writer, className, method);
        EmitClear(writer, arguments);
        EmitEncoding(writer, arguments);
        writer.Close();
    }

    public static void EmitHead(SourceWriter writer, string name, string baseType, string methodType, string signature, ulong id, string flags, bool isObsolete)
    {
        if (isObsolete)
        {
            writer.Line("[global::System.Obsolete]");
        }

        writer
            .Line($"internal sealed class {name} : {baseType}")
            .Open()
            .Line($"public static readonly {methodType} Method = new(")
            .Indent()
            .Line($"{SymbolDisplay.FormatLiteral(signature, quote: true)},")
            .Line($"0x{id.ToString("X16", CultureInfo.InvariantCulture)}UL,")
            .Line($"{flags},")
            .Line($"static () => new {name}());")
            .Outdent();
    }

    private static string BaseOf(MethodModel method) => "global::Wires.Infrastructure." + method.Shape switch
    {
        MethodShape.Value => $"Call<{method.Result!.Name}>",
        MethodShape.Stream => $"StreamCall<{method.Result!.Name}>",
        MethodShape.OneWay => "OneWayCall",
        _ => "VoidCall",
    };

    private static string MethodType(MethodModel method) =>
        "global::Wires.Infrastructure.WireMethod" + (method.Result is { } result ? $"<{result.Name}>" : "");

    private static void EmitRent(SourceWriter writer, MethodModel method, List<ParameterModel> arguments)
    {
        var call = method.Locals.Call;
        var rented = $"global::System.Runtime.CompilerServices.Unsafe.As<{method.MessageName}>({method.MessageName}.Method.Rent()) ?? new {method.MessageName}()";
        if (arguments.Count == 0)
        {
            writer.Line($"public static {method.MessageName} Rent() => {rented};");
            return;
        }

        writer
            .Line($"public static {method.MessageName} Rent({string.Join(", ", arguments.Select(static p => $"{p.Type.Name} {p.Name}"))})")
            .Open()
            .Line($"var {call} = {rented};");
        foreach (var argument in arguments)
        {
            writer.Line($"{call}.{argument.FieldName} = {argument.Name};");
        }

        writer.Line($"return {call};").Close();
    }

    private static void EmitInvoke(SourceWriter writer, string className, MethodModel method)
    {
        var arguments = string.Join(", ", method.Parameters.Select(static p => p.IsCancellation ? "Cancellation" : p.FieldName));
        var call = $"global::System.Runtime.CompilerServices.Unsafe.As<{className}>(wire).{method.Name}({arguments})";
        if (method.Shape == MethodShape.Stream)
        {
            writer.Line($"protected override global::System.Collections.Generic.IAsyncEnumerable<{method.Result!.Name}> Open(object wire) => {call};");
        }
        else
        {
            EmitInvoke(writer, call, method.IsAsync, method.Shape == MethodShape.Value);
        }
    }

    public static void EmitInvoke(SourceWriter writer, string call, bool isAsync, bool hasResult)
    {
        if (isAsync || hasResult)
        {
            writer.Line($"protected override void Invoke(object wire) => {(isAsync ? "ReturnWhenDone" : "Return")}({call});");
            return;
        }

        writer
            .Line("protected override void Invoke(object wire)")
            .Open()
            .Line($"{call};")
            .Line("Return();")
            .Close();
    }

    private static void EmitClear(SourceWriter writer, List<ParameterModel> arguments)
    {
        // Values without references may stay: they keep nothing alive.
        var holding = arguments.Where(static p => p.Type.Plan.HoldsReferences).ToList();
        if (holding.Count == 0)
        {
            return;
        }

        writer.Line().Line("protected override void Clear()").Open();
        foreach (var argument in holding)
        {
            writer.Line($"{argument.FieldName} = default!;");
        }

        writer.Close();
    }

    private static void EmitEncoding(SourceWriter writer, List<ParameterModel> arguments)
    {
        if (arguments.Count == 0)
        {
            return;
        }

        writer.Line().Line("protected override void WriteArguments(ref global::Wires.Serialization.WireWriter writer)").Open();
        var fields = arguments.ConvertAll(static a => (a.Type.Plan, a.FieldName));
        writer
            .Lines(ValueEmitter.WriteAll("writer", fields))
            .Close()
            .Line()
            .Line("protected override void ReadArguments(ref global::Wires.Serialization.WireReader reader)")
            .Open()
            .Lines(ValueEmitter.ReadAll("reader", fields))
            .Close();
    }
}
