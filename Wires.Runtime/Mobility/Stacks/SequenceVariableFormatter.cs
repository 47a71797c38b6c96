using System.Diagnostics.CodeAnalysis;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>A variable that is declared as a sequence: what it holds has to be there, as a query would be computed by being written, which may never end.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class SequenceVariableFormatter<T> : VariableFormatter<IEnumerable<T>>
{
    private readonly WireFormatter<IEnumerable<T>>? _inner = StackFormatters.TryEnsure(typeof(IEnumerable<T>)) ? WireFormatters.Find<IEnumerable<T>>() : null;

    protected override void Write(ref WireWriter writer, scoped ref readonly IEnumerable<T>? value, StackWriter stack)
    {
        if (value is not (null or ICollection<T> or IReadOnlyCollection<T>))
        {
            throw stack.Cannot($"it holds a query ({value.GetType().Name}): keep its result, by ToList()");
        }

        writer.WriteValue(_inner ?? throw stack.Cannot($"it holds a {value?.GetType()}"), in value);
    }

    protected override IEnumerable<T>? Read(ref WireReader reader, StackReader stack)
    {
        IEnumerable<T>? value = null;
        reader.ReadValue(_inner ?? throw new WireSerializationException($"A {typeof(IEnumerable<T>)} cannot come."), ref value);
        return value;
    }
}
