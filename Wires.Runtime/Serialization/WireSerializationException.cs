using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Wires.Serialization;

/// <summary>Bytes that are not what they should be, or a value that the format cannot carry. The message says what, where and of which type.</summary>
public sealed class WireSerializationException : Exception
{
    /// <summary>A failure with no message.</summary>
    public WireSerializationException()
    {
    }

    /// <summary>A failure that a sentence describes.</summary>
    public WireSerializationException(string message)
        : base(message)
    {
    }

    /// <summary>A failure that a sentence describes, and what caused it.</summary>
    public WireSerializationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal WireSerializationException(string what, Type? type, long offset, Exception? innerException = null)
        : base(Describe(what, type, offset), innerException)
    {
        ValueType = type;
        Offset = offset;
    }

    /// <summary>The type that was being read, written or copied, where it is known.</summary>
    public Type? ValueType { get; }

    /// <summary>Where in the input reading stopped, in bytes from its start; -1 when nothing was being read.</summary>
    public long Offset { get; } = -1;

    /// <summary>Whether it is in the way of a suspended method of a wire that is to move, and not of its state.</summary>
    internal bool IsOfStack { get; init; }

    /// <summary>For generated code: an object was written with more members than this build of its type has.</summary>
    [DoesNotReturn, EditorBrowsable(EditorBrowsableState.Never)]
    public static void ThrowMemberCount<T>(int known, int found, scoped in WireReader reader) =>
        throw new WireSerializationException(
            string.Create(CultureInfo.InvariantCulture, $"The object has {found} members, but {known} are known here. The writer has another version of the type"), typeof(T), reader.Consumed);

    /// <summary>For generated code: a union holds a case that this build does not know.</summary>
    [DoesNotReturn, EditorBrowsable(EditorBrowsableState.Never)]
    public static void ThrowUnknownTag<T>(ushort tag, scoped in WireReader reader) =>
        throw new WireSerializationException(string.Create(CultureInfo.InvariantCulture, $"The union has no case with tag {tag}"), typeof(T), reader.Consumed);

    /// <summary>For generated code: the value's own type is not the declared one (or none of the union's), so members would be lost.</summary>
    [DoesNotReturn, EditorBrowsable(EditorBrowsableState.Never)]
    public static void ThrowRuntimeType<T>(object value) =>
        throw new WireSerializationException(
            $"A {value.GetType()} was found where {typeof(T)} is declared. It cannot be written as such, since what it adds would be lost; declare its own type", typeof(T), -1);

    /// <summary>For generated code and formatters: the bytes were read but make no valid value.</summary>
    [DoesNotReturn, EditorBrowsable(EditorBrowsableState.Never)]
    public static void ThrowInvalid<T>(string what, scoped in WireReader reader, Exception? innerException = null) =>
        throw new WireSerializationException(what, typeof(T), reader.Consumed, innerException);

    [DoesNotReturn]
    internal static void ThrowDepth(Type type, long offset) =>
        throw new WireSerializationException(
            string.Create(CultureInfo.InvariantCulture, $"The value is nested more than {WireSerializer.MaxDepth} levels deep (or too deep for this thread's stack), or it refers to itself"), type, offset);

    [DoesNotReturn]
    internal static void ThrowTruncated(Type? type, long needed, long remaining, long offset) =>
        throw new WireSerializationException(
            string.Create(CultureInfo.InvariantCulture, $"The input is too short: {needed} more bytes are needed, {remaining} are there"), type, offset);

    [DoesNotReturn]
    internal static void ThrowInvalidPattern(Type type, long offset) =>
        throw new WireSerializationException("The bytes are not a valid value", type, offset);

    [DoesNotReturn]
    internal static void ThrowLength(Type type, long length, long offset) =>
        throw new WireSerializationException(string.Create(CultureInfo.InvariantCulture, $"The length {length} is not valid"), type, offset);

    private static string Describe(string what, Type? type, long offset)
    {
        var text = what;
        if (type is not null)
        {
            text += $"; type {type}";
        }

        return offset < 0 ? text + "." : string.Create(CultureInfo.InvariantCulture, $"{text}; at byte {offset}.");
    }
}
