using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using Wires.Serialization.Formatters;
using Wires.Serialization.Images;

namespace Wires.Serialization;

public ref partial struct WireReader
{
    /// <summary>Reads a part of a migration image.</summary>
    internal WireReader(ReadOnlySpan<byte> source, ReadObjects image)
        : this(source)
    {
        _image = image;
    }

    /// <summary>The objects of the migration image that is being read; null: it is a message.</summary>
    internal readonly ReadObjects? Image => _image;

    /// <summary>
    /// For formatters whose <see cref="WireFormatter{T}.CreatesFirst"/> is true: the object was made, and its members are yet to be read. In a
    /// migration image they may refer to it; elsewhere this does nothing.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Created<T>(T value)
        where T : class
    {
        if (_image is not null)
        {
            _image.Announce(typeof(T), value);
        }
    }

    /// <summary>For generated code: what <see cref="WireWriter.WriteArray{T}"/> has written.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T[]? ReadArray<T>()
        where T : unmanaged
    {
        if (_image is null)
        {
            return ReadUnmanagedArray<T>();
        }

        T[]? value = null;
        ReadObject(UnmanagedArrayFormatter<T>.Instance, ref value);
        return value;
    }

    /// <summary>For generated code: leaves out a member that this build does not know.</summary>
    /// <exception cref="WireSerializationException">It is a migration image: what comes later may refer to objects in the member, and be taken for others.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void SkipMember(int length)
    {
        if (_image is not null && length != 0)
        {
            throw new WireSerializationException("An object has members that are not known here: the image is of another version of its type", type: null, Consumed);
        }

        Skip(length);
    }

    /// <summary>Reads a value that is an object of its own, on the level of the one that it is a part of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ReadPart<T>(WireFormatter<T> formatter, scoped ref T? value)
    {
        if (typeof(T).IsValueType || _image is null)
        {
            formatter.Read(ref this, ref value);
        }
        else
        {
            ReadObject(formatter, ref value);
        }
    }

    /// <summary>Reads what <see cref="WireWriter.WriteSame"/> has written.</summary>
    internal void ReadSame<T>(WireFormatter<T> formatter, scoped ref T? value)
    {
        Enter<T>();
        formatter.Read(ref this, ref value);
        Leave();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadObject<T>(WireFormatter<T> formatter, scoped ref T? value)
    {
        if (!formatter.HasIdentity)
        {
            formatter.Read(ref this, ref value);
            return;
        }

        ReadObjects image = _image!;
        uint code = ReadVarIntUInt32();
        if (code == ImageCode.Null)
        {
            value = default;
        }
        else if (code == ImageCode.New)
        {
            int outer = image.Begin(typeof(T));
            value = default;
            formatter.Read(ref this, ref value);
            image.End(outer, value, Consumed);
        }
        else if (code == ImageCode.NewOfType)
        {
            IObjectFormatter own = ReadType(formatter);
            int outer = image.Begin(own.Type);
            object? read = own.ReadObject(ref this);
            image.End(outer, read, Consumed);
            value = (T?)read;
        }
        else
        {
            value = image.Get<T>(code - ImageCode.FirstReference, Consumed);
        }
    }

    private IObjectFormatter ReadType<T>(WireFormatter<T> formatter)
    {
        ReadObjects image = _image!;
        uint number = ReadVarIntUInt32();
        if (number > (uint)image.TypeCount)
        {
            throw new WireSerializationException(string.Create(CultureInfo.InvariantCulture, $"No type with the number {number} was named"), typeof(T), Consumed);
        }

        if (number == (uint)image.TypeCount)
        {
            string name = ReadString() ?? "";
            formatter.RegisterImplementations();
            image.AddType(ImageTypes.Find(name) ?? throw new WireSerializationException($"No wire of this process names the type '{name}'", typeof(T), Consumed));
        }

        IObjectFormatter own = image.GetType((int)number);
        return typeof(T).IsAssignableFrom(own.Type) ? own : throw new WireSerializationException($"The object is a {own.Type}, which cannot be where it is", typeof(T), Consumed);
    }
}
