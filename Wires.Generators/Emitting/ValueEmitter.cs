using Wires.Generators.Models;

namespace Wires.Generators.Emitting;

/// <summary>One value to the writer, or from the reader.</summary>
internal static class ValueEmitter
{
    public static string Write(TypeModel type, string value) => type.Encoding switch
    {
        TypeEncoding.Unmanaged => $"writer.WriteUnmanaged({value});",
        TypeEncoding.String => $"writer.WriteString({value});",
        _ => $"writer.WriteValue<{type.FormatterName}>({value});",
    };

    public static string Read(TypeModel type) => type.Encoding switch
    {
        TypeEncoding.Unmanaged => $"reader.ReadUnmanaged<{type.Name}>()",
        TypeEncoding.String => "reader.ReadString()!",
        _ => $"reader.ReadValue<{type.FormatterName}>()!",
    };
}
