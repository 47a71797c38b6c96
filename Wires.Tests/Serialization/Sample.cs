using System.Buffers;
using Wires.Serialization;
using Wires.Serialization.Images;

namespace Wires.Tests.Serialization;

/// <inheritdoc cref="ISample"/>
internal sealed class Sample<T> : ISample
{
    private readonly WireFormatter<T> _formatter;
    private readonly T? _value;

    public Sample(T? value, WireFormatter<T>? formatter, string? note)
    {
        if (formatter is not null)
        {
            WireFormatters.Register(formatter);
        }

        _formatter = formatter ?? WireFormatters.Get<T>();
        _value = value;
        Name = note is null ? typeof(T).ToString() : $"{typeof(T)} ({note})";
    }

    public string Name { get; }

    public object? Value => _value;

    public bool IsShared => _formatter.IsShared;

    public byte[] Write(object? value) => WireSerializer.Serialize((T?)value);

    public object? Read(ReadOnlySpan<byte> bytes) => WireSerializer.Deserialize<T>(bytes);

    public object? Read(in ReadOnlySequence<byte> bytes) => WireSerializer.Deserialize<T>(in bytes);

    public byte[] WriteImage(object? value)
    {
        var buffer = new WireBuffer();
        var writer = new WireWriter(buffer, new WrittenObjects());
        writer.WriteValue((T?)value);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public object? ReadImage(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes, new ReadObjects());
        return reader.ReadValue<T>();
    }

    public object? Copy() => _formatter.Copy(_value);

    public object? CopyOf(object? value) => _formatter.Copy((T?)value);

    public override string ToString() => Name;
}
