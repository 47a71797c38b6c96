using System.Diagnostics.CodeAnalysis;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>The token of a call that the wire works on, or one that never fires.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class TokenFormatter : VariableFormatter<CancellationToken>
{
    protected override void Write(ref WireWriter writer, scoped ref readonly CancellationToken value, StackWriter stack) =>
        writer.WriteUnmanaged((short)stack.IndexOf(value));

    protected override CancellationToken Read(ref WireReader reader, StackReader stack) => stack.TokenAt(reader.ReadUnmanaged<short>());
}
