using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wires.Serialization;

/// <summary>What one copy of a value knows: how deep it is. Start with <c>default</c>, pass by reference.</summary>
[StructLayout(LayoutKind.Auto)]
public struct CopyContext
{
    private int _depth;

    /// <summary>Copies a part, one level deeper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? Copy<T>(T? value) => Copy(WireFormatters.Get<T>(), value);

    /// <inheritdoc cref="Copy{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? Copy<T>(WireFormatter<T> formatter, T? value)
    {
        Enter<T>();
        value = formatter.Copy(value, ref this);
        Leave();
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Enter<T>()
    {
        if (++_depth > WireSerializer.UncheckedDepth)
        {
            WireSerializer.CheckDepth(_depth, typeof(T), -1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Leave() => _depth--;
}
