using System.Buffers;

namespace Wires.Tests.Serialization;

/// <summary>A value of a declared type, with what the theories do to it.</summary>
public interface ISample
{
    /// <summary>The declared type and what is special about the value.</summary>
    string Name { get; }

    object? Value { get; }

    bool IsShared { get; }

    byte[] Write(object? value);

    object? Read(ReadOnlySpan<byte> bytes);

    object? Read(in ReadOnlySequence<byte> bytes);

    byte[] WriteImage(object? value);

    object? ReadImage(ReadOnlySpan<byte> bytes);

    object? Copy();

    object? CopyOf(object? value);
}
