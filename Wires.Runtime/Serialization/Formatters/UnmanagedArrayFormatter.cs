namespace Wires.Serialization.Formatters;

/// <summary>Formats arrays whose elements hold no references, as one piece of memory.</summary>
public sealed class UnmanagedArrayFormatter<T> : SequenceFormatter<T[], T>
    where T : unmanaged
{
    /// <summary>For arrays that are written without a look-up.</summary>
    internal static readonly UnmanagedArrayFormatter<T> Instance = new();

    // An array of a derived element type is written as what it is declared as; each element says whether it can be.
    private protected override bool AcceptsSubtypes => true;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly T[]? value)
    {
        if (value is null)
        {
            writer.WriteNullCollectionHeader();
        }
        else
        {
            WriteElements(ref writer, new ReadOnlySpan<T>(value));
        }
    }

    /// <inheritdoc/>
    public override T[]? Copy(T[]? value, ref CopyContext context) =>
        value is null ? null : CopyElements(new ReadOnlySpan<T>(value), ref context);

    private protected override T[] ToArray(T[] value) => value;

    private protected override T[] FromArray(T[] items) => items;
}
