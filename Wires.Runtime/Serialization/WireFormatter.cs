using System.ComponentModel;
using Wires.Serialization.Images;

namespace Wires.Serialization;

/// <summary>Writes, reads and copies the values of one declared type. Stateless, used by many threads at once; see <see cref="WireFormatters"/>.</summary>
/// <typeparam name="T">The declared type.</typeparam>
public abstract class WireFormatter<T> : IObjectFormatter
{
    /// <summary>Whether values never change and refer to nothing that does, so that a copy is the value itself.</summary>
    public virtual bool IsShared => false;

    /// <summary>The least number of bytes that a value takes, at least 1. It bounds what a hostile count of elements can allocate.</summary>
    public virtual int MinimumSize => 1;

    /// <summary>Whether some bytes of the size of a value without references are no valid value. See <see cref="IsValid"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool ChecksPatterns => false;

    /// <summary>Whether a value without references has bytes that mean nothing, so that it is written field by field and not as it lies in memory.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool HasPadding => false;

    /// <summary>
    /// Whether reading makes the object, and tells the reader by <see cref="WireReader.Created{T}"/>, before it reads the members: then these may
    /// refer to it in a migration image.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool CreatesFirst => false;

    /// <summary>Whether it can be told, other than by asking for it, if two references are to the same object. In a migration image it then stays so.</summary>
    internal virtual bool HasIdentity => true;

    /// <summary>The type that a value of the declared type is read as, where its own has no formatter.</summary>
    internal virtual Type ReadsAs => typeof(T);

    /// <inheritdoc/>
    Type IObjectFormatter.Type => typeof(T);

    /// <summary>Writes a value.</summary>
    public abstract void Write(ref WireWriter writer, scoped ref readonly T? value);

    /// <summary>Reads a value. What was in <paramref name="value"/> is replaced, never changed.</summary>
    public abstract void Read(ref WireReader reader, scoped ref T? value);

    /// <summary>
    /// Copies a value as writing and reading it would: two references to one object become two objects, a cycle is refused, a comparer is
    /// the default one, and what cannot be written is a <see cref="WireSerializationException"/>.
    /// </summary>
    public T? Copy(T? value)
    {
        if (IsShared)
        {
            return value;
        }

        var context = default(CopyContext);
        return Copy(value, ref context);
    }

    /// <summary>Copies a value that is part of another one. Copy the parts of it by <see cref="CopyContext.Copy{T}(T)"/>, which counts the depth.</summary>
    public abstract T? Copy(T? value, ref CopyContext context);

    /// <summary>Whether a value without references, whose bytes were copied from the input, is a valid one.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool IsValid(scoped ref readonly T value) => true;

    /// <summary>Makes the usual types behind an interface known to <see cref="ImageTypes"/>.</summary>
    internal virtual void RegisterImplementations()
    {
    }

    /// <summary>The type that a value's formatter is registered for.</summary>
    internal virtual Type TypeOf(T value) => value!.GetType();

    /// <inheritdoc/>
    void IObjectFormatter.WriteObject(ref WireWriter writer, object value)
    {
        var typed = (T?)value;
        Write(ref writer, in typed);
    }

    /// <inheritdoc/>
    object? IObjectFormatter.ReadObject(ref WireReader reader)
    {
        T? value = default;
        Read(ref reader, ref value);
        return value;
    }
}
