using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wires.Serialization;

/// <summary>What one copy of a value knows: how deep it is. Start with <c>default</c>, pass by reference.</summary>
[StructLayout(LayoutKind.Auto)]
public struct CopyContext
{
    private int _depth;
    private Dictionary<object, object>? _copies;

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

    /// <summary>For generated code: the copy that was already made of an object of a circular type.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly bool TryGetCopy<T>(T value, [NotNullWhen(true)] out T? copy)
        where T : class
    {
        copy = _copies is not null && _copies.TryGetValue(value, out var known) ? (T)known : null;
        return copy is not null;
    }

    /// <summary>For generated code: notes the copy of an object of a circular type, before its members are copied.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AddCopy<T>(T value, T copy)
        where T : class => (_copies ??= new(ReferenceEqualityComparer.Instance)).Add(value, copy);

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
