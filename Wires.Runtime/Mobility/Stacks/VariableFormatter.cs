using System.Diagnostics.CodeAnalysis;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>What only variables of suspended methods hold: no message has it.</summary>
/// <typeparam name="T">The declared type.</typeparam>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal abstract class VariableFormatter<T> : WireFormatter<T>
{
    internal override bool HasIdentity => false;

    public sealed override void Write(ref WireWriter writer, scoped ref readonly T? value) => Write(ref writer, in value, writer.Image?.Stack ?? throw NoMessage());

    public sealed override void Read(ref WireReader reader, scoped ref T? value) => value = Read(ref reader, reader.Image?.Stack ?? throw NoMessage());

    public sealed override T? Copy(T? value, ref CopyContext context) => throw NoMessage();

    protected abstract void Write(ref WireWriter writer, scoped ref readonly T? value, StackWriter stack);

    protected abstract T? Read(ref WireReader reader, StackReader stack);

    private static WireSerializationException NoMessage() => new("Only variables of suspended methods hold such values; no message does", typeof(T), -1);
}
