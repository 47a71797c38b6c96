namespace Wires.Serialization.Images;

/// <summary>The comparers that are the same at every node, by number.</summary>
internal static class ImageComparers
{
    private const byte Default = 0;

    // In the order of their numbers, from 1 on: part of the form.
    private static readonly object[] s_known =
    [
        StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.InvariantCulture, StringComparer.InvariantCultureIgnoreCase, ReferenceEqualityComparer.Instance,
    ];

    /// <summary>Writes the number of a collection's comparer.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="comparer">The comparer.</param>
    /// <param name="usual">The comparer of a collection that was made without one.</param>
    /// <param name="collection">For the error.</param>
    public static void Write(ref WireWriter writer, object comparer, object usual, Type collection)
    {
        byte number = Default;
        if (!ReferenceEquals(comparer, usual))
        {
            // Equals, as there may be several of the invariant culture.
            number = (byte)(Array.FindIndex(s_known, known => known.Equals(comparer)) + 1);
            if (number == Default)
            {
                ImageErrors.ThrowComparer(collection, comparer);
            }
        }

        writer.WriteUnmanaged(number);
    }

    /// <summary>Reads a comparer; null for the default one.</summary>
    public static object? Read(ref WireReader reader, Type collection)
    {
        byte number = reader.ReadUnmanaged<byte>();
        if (number > s_known.Length)
        {
            throw new WireSerializationException($"There is no comparer with the number {number}", collection, reader.Consumed);
        }

        return number == Default ? null : s_known[number - 1];
    }
}
