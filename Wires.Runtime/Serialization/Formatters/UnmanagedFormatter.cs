using System.Runtime.CompilerServices;

namespace Wires.Serialization.Formatters;

/// <summary>
/// Formats a type without references, an enum for instance, as it lies in memory. For a struct with fields of which some bytes are no
/// valid value (<see cref="bool"/>, <see cref="decimal"/>, dates …) derive from it and override <see cref="ChecksPatterns"/> and <see cref="IsValid"/>.
/// </summary>
public class UnmanagedFormatter<T> : WireFormatter<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public sealed override bool IsShared => true;

    /// <inheritdoc/>
    public sealed override int MinimumSize => Unsafe.SizeOf<T>();

    /// <inheritdoc/>
    public override bool ChecksPatterns => BitPattern.IsChecked<T>();

    /// <inheritdoc/>
    public sealed override void Write(ref WireWriter writer, scoped ref readonly T value) => writer.WriteRaw(in value);

    /// <inheritdoc/>
    public sealed override void Read(ref WireReader reader, scoped ref T value)
    {
        value = reader.ReadRaw<T>();
        if (ChecksPatterns && !IsValid(in value))
        {
            WireSerializationException.ThrowInvalidPattern(typeof(T), reader.Consumed - Unsafe.SizeOf<T>());
        }
    }

    /// <inheritdoc/>
    public sealed override T Copy(T value, ref CopyContext context) => value;

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly T value) => BitPattern.IsValid(in value);
}
