using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using Wires.Serialization.Formatters;
using Wires.Serialization.Images;

namespace Wires.Serialization;

public ref partial struct WireWriter
{
    /// <summary>Starts to write a part of a migration image.</summary>
    internal WireWriter(IBufferWriter<byte> output, WrittenObjects image)
        : this(output)
    {
        _image = image;
    }

    private WireWriter(IBufferWriter<byte> output, WireWriterOptions options, WrittenObjects? image)
        : this(output, options)
    {
        _image = image;
    }

    /// <summary>The objects of the migration image that is being written; null: it is a message.</summary>
    internal readonly WrittenObjects? Image => _image;

    /// <summary>For generated code: an array as a value of its own, which in a migration image may be there twice. Else it is <see cref="WriteUnmanagedArray{T}(T[])"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteArray<T>(T[]? value)
        where T : unmanaged
    {
        if (_image is null)
        {
            WriteUnmanagedArray(value);
        }
        else
        {
            WriteObject(UnmanagedArrayFormatter<T>.Instance, in value);
        }
    }

    /// <summary>Writes a value that is an object of its own, on the level of the one that it is a part of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WritePart<T>(WireFormatter<T> formatter, scoped in T? value)
    {
        // A constant for value types; so messages pay one test per reference.
        if (typeof(T).IsValueType || _image is null)
        {
            formatter.Write(ref this, in value);
        }
        else
        {
            WriteObject(formatter, in value);
        }
    }

    /// <summary>Writes the same object by another formatter, which was written by one already.</summary>
    internal void WriteSame<T>(WireFormatter<T> formatter, scoped in T? value)
    {
        Enter<T>();
        formatter.Write(ref this, in value);
        Leave();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteObject<T>(WireFormatter<T> formatter, scoped in T? value)
    {
        if (!formatter.HasIdentity)
        {
            formatter.Write(ref this, in value);
            return;
        }

        if (value is null)
        {
            Reserve(1) = ImageCode.Null;
            return;
        }

        WrittenObjects image = _image!;
        if (!image.TryAdd(value, out int id))
        {
            image.CheckReference(id, value, typeof(T));
            WriteVarInt((uint)id + ImageCode.FirstReference);
            return;
        }

        int outer;
        if (FindOwn(formatter, value) is { } own)
        {
            outer = image.Begin(id, own.Type, own.CreatesFirst);
            Reserve(1) = ImageCode.NewOfType;
            WriteType(own.Type);
            own.WriteObject(ref this, value);
        }
        else
        {
            outer = image.Begin(id, formatter.ReadsAs, formatter.CreatesFirst);
            Reserve(1) = ImageCode.New;
            formatter.Write(ref this, in value);
        }

        image.End(id, outer);
    }

    // Null: the declared type is its own, or its own has no formatter, and that of the declared one says whether it takes the value all the same.
    private static IObjectFormatter? FindOwn<T>(WireFormatter<T> formatter, T value)
    {
        if (value!.GetType() == typeof(T))
        {
            return null;
        }

        formatter.RegisterImplementations();
        return ImageTypes.Find(formatter.TypeOf(value)) is { } own && own.Type != typeof(T) ? own : null;
    }

    private void WriteType(Type type)
    {
        bool isNew = _image!.TryAdd(type, out int number);
        WriteVarInt(number);
        if (isNew)
        {
            WriteString(ImageTypes.NameOf(type));
        }
    }
}
