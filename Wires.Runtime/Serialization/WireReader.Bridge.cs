using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wires.Serialization;

public ref partial struct WireReader
{
    /// <summary>
    /// For generated code that hands a value to another reader of the format: all that is left, in one piece (copied if it lies in several),
    /// nothing of it read. <see cref="Skip"/> what the other reader took.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly ReadOnlySpan<byte> Peek()
    {
        var window = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, (nint)(uint)_position), _length - _position);
        if (window.Length == Remaining)
        {
            return window;
        }

        var joined = new byte[Remaining];
        window.CopyTo(joined);
        _pending.CopyTo(joined.AsSpan(window.Length));
        int copied = window.Length + _pending.Length;
        if (copied < joined.Length)
        {
            _source.Slice(_next).CopyTo(joined.AsSpan(copied));
        }

        return joined;
    }
}
