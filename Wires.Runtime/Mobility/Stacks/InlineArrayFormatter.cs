using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>A structure of so many elements with one field for all, as the compiler makes one for the arguments of a method that takes a span: element by element.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class InlineArrayFormatter<TArray, TElement> : VariableFormatter<TArray>
    where TArray : struct
{
    private static readonly int s_length = typeof(TArray).GetCustomAttribute<InlineArrayAttribute>()!.Length;

    private readonly WireFormatter<TElement> _element = StackFormatters.Find<TElement>() ?? new PinnedFormatter<TElement>();

    protected override void Write(ref WireWriter writer, scoped ref readonly TArray value, StackWriter stack)
    {
        TArray array = value;
        ref TElement first = ref Unsafe.As<TArray, TElement>(ref array);
        for (int i = 0; i < s_length; i++)
        {
            writer.WriteValue(_element, in Unsafe.Add(ref first, i)!);
        }
    }

    protected override TArray Read(ref WireReader reader, StackReader stack)
    {
        TArray array = default;
        ref TElement first = ref Unsafe.As<TArray, TElement>(ref array);
        for (int i = 0; i < s_length; i++)
        {
            TElement? element = default;
            reader.ReadValue(_element, ref element);
            Unsafe.Add(ref first, i) = element!;
        }

        return array;
    }
}
