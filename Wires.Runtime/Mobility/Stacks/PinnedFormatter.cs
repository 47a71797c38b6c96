using System.Diagnostics.CodeAnalysis;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>What cannot travel, unless there is nothing.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class PinnedFormatter<T> : VariableFormatter<T>
{
    protected override void Write(ref WireWriter writer, scoped ref readonly T? value, StackWriter stack)
    {
        if (!StackFormatters.IsDefault(value))
        {
            throw stack.Cannot($"it holds a {typeof(T)}. End its use before the await, or keep it in a field marked [Local]. A build for debugging keeps locals that are not used any more; one for release does not");
        }

        writer.WriteUnmanaged((byte)0);
    }

    protected override T? Read(ref WireReader reader, StackReader stack)
    {
        reader.Skip(1);
        return default;
    }
}
