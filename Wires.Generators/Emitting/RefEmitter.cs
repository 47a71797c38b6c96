using Wires.Generators.Models;

namespace Wires.Generators.Emitting;

/// <summary>The mailbox proxy: a struct around a handle, with a method per message.</summary>
internal static class RefEmitter
{
    public static void Emit(SourceWriter writer, WireModel wire)
    {
        var self = wire.RefClassName;
        writer
            .Line($"/// <summary>Names a wire of class <see cref=\"{wire.Cref}\"/> and sends it messages.</summary>")
            .Lines(wire.Attributes)
            .Line(WireEmitter.GeneratedCode)
            .Line($"{wire.Accessibility} readonly partial struct {wire.RefName}{wire.TypeParameters} : global::Wires.IWireRef<{self}>");
        EmitConstraints(writer, wire.Constraints);
        writer.Open();
        EmitIdentity(writer, wire);
        foreach (var method in wire.Methods)
        {
            writer.Line();
            RefMethodEmitter.Emit(writer, wire, method);
        }

        writer.Close();
    }

    public static void EmitConstraints(SourceWriter writer, EquatableArray<string> constraints) => writer.Indent().Lines(constraints).Outdent();

    private static void EmitIdentity(SourceWriter writer, WireModel wire)
    {
        var self = wire.RefClassName;
        writer.Line($$"""
            private readonly global::Wires.Infrastructure.WireHandle? _handle;

            private {{wire.RefName}}(global::Wires.Infrastructure.WireHandle handle) => _handle = handle;

            /// <inheritdoc/>
            public global::Wires.WireId Id => global::Wires.Infrastructure.WireHandle.Require(_handle).Id;

            static global::Wires.Infrastructure.WireType global::Wires.IWireRef<{{self}}>.Type => {{wire.ClassName}}.__Wire.Type;

            global::Wires.Infrastructure.WireHandle? global::Wires.IWireRef<{{self}}>.Handle => _handle;

            static {{self}} global::Wires.IWireRef<{{self}}>.FromHandle(global::Wires.Infrastructure.WireHandle handle) => new(handle);

            /// <inheritdoc/>
            public {{self}} WithTimeout(global::System.TimeSpan timeout) => new(global::Wires.Infrastructure.WireHandle.Require(_handle).WithTimeout(timeout));

            /// <inheritdoc/>
            public bool Equals({{self}} other) => global::Wires.Infrastructure.WireHandle.Equals(_handle, other._handle);

            /// <inheritdoc/>
            public override bool Equals(object? obj) => obj is {{self}} other && Equals(other);

            /// <inheritdoc/>
            public override int GetHashCode() => global::Wires.Infrastructure.WireHandle.GetHashCode(_handle);

            /// <summary>The id of the wire.</summary>
            public override string ToString() => _handle is null ? "(no wire)" : _handle.Id.ToString();

            /// <summary>Refs are equal if they name the same wire.</summary>
            public static bool operator ==({{self}} left, {{self}} right) => left.Equals(right);

            /// <summary>Refs differ if they name different wires.</summary>
            public static bool operator !=({{self}} left, {{self}} right) => !left.Equals(right);
            """);
    }
}
