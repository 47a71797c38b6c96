using System.Runtime.CompilerServices;
using Wires.Serialization.Images;

namespace Wires.Serialization.Formatters;

/// <content>
/// Collections in a migration image: the number of the comparer, where such a collection has one, then count and elements. Where it can be,
/// the collection is made before its elements are read, so that these may refer to it.
/// </content>
public abstract partial class SequenceFormatter<TCollection, T>
{
    /// <summary>The comparer of a collection that was made without one; null where such collections compare nothing.</summary>
    private protected virtual object? DefaultComparer => null;

    /// <summary>Whether putting elements into such a collection hashes or compares them.</summary>
    private protected virtual bool ComparesElements => DefaultComparer is not null;

    /// <summary>Whether elements can be hashed and compared as soon as they are read: they refer to nothing that may not be complete.</summary>
    private protected virtual bool HasPlainKeys => IsPlain<T>();

    /// <summary>The comparer, which is <see cref="DefaultComparer"/> where none was given.</summary>
    private protected virtual object ComparerOf(TCollection value) => throw new NotSupportedException();

    /// <summary>Makes an empty collection, where <see cref="WireFormatter{T}.CreatesFirst"/> is true.</summary>
    /// <param name="comparer">Null: the default one.</param>
    private protected virtual TCollection Create(object? comparer) => throw new NotSupportedException();

    /// <summary>Puts elements into an empty collection, where <see cref="WireFormatter{T}.CreatesFirst"/> is true.</summary>
    private protected virtual void Fill(TCollection value, T[] items) => throw new NotSupportedException();

    /// <summary><see cref="FromArray(T[])"/> with a comparer, where such collections have one; null: the default one.</summary>
    private protected virtual TCollection FromArray(T[] items, object? comparer) => FromArray(items);

    private protected static bool IsPlain<TKey>() => !RuntimeHelpers.IsReferenceOrContainsReferences<TKey>() || typeof(TKey) == typeof(string);

    /// <summary>The type as which a number that was read as a comparer is of use here.</summary>
    private protected static TComparer? As<TComparer>(object? comparer)
        where TComparer : class =>
        comparer is null ? null : comparer as TComparer ?? throw new WireSerializationException($"{comparer.GetType()} does not compare its elements", typeof(TCollection), -1);

    /// <summary>In an image, null and references to what came before take one byte.</summary>
    private protected static int MinimumSizeOf(WireFormatter<T> element, scoped in WireReader reader) =>
        reader.Image is null || IsRaw ? element.MinimumSize : 1;

    /// <summary>
    /// For arrays, which cannot grow while they are read: room for all elements at once, if that is at most sixteen times what is left of the
    /// input. Those that were written are below that: a reference, of eight bytes here, takes at least one there.
    /// </summary>
    private protected static void CheckAllAtOnce(int count, scoped in WireReader reader)
    {
        if (count * (long)Unsafe.SizeOf<T>() > 16 * reader.Remaining)
        {
            WireSerializationException.ThrowLength(typeof(TCollection), count, reader.Consumed);
        }
    }

    private protected void ReadElementsInto(ref WireReader reader, T[] items)
    {
        reader.Enter<TCollection>();
        var element = Element;
        foreach (ref var item in items.AsSpan())
        {
            reader.ReadPart(element, ref item!);
        }

        reader.Leave();
    }

    private void WriteImage(ref WireWriter writer, TCollection value)
    {
        if (!typeof(TCollection).IsValueType)
        {
            CheckType(value!);
        }

        object? comparer = null;
        if (DefaultComparer is { } usual)
        {
            comparer = ComparerOf(value);
            ImageComparers.Write(ref writer, comparer, usual, typeof(TCollection));
        }

        var image = writer.Image!;
        var outer = image.EnterElements();
        WriteElements(ref writer, ToArray(value));
        if (image.LeaveElements(outer) && !CreatesFirst && LooksAtElements(comparer))
        {
            ImageErrors.ThrowIncompleteElements(typeof(TCollection), -1);
        }
    }

    private TCollection? ReadImage(ref WireReader reader)
    {
        var comparer = DefaultComparer is null ? null : ImageComparers.Read(ref reader, typeof(TCollection));
        if (!reader.TryReadCollectionHeader(out var count))
        {
            return default;
        }

        var image = reader.Image!;
        var start = reader.Consumed;
        var made = default(TCollection);
        if (CreatesFirst)
        {
            made = Create(comparer);
            image.Announce(typeof(TCollection), made!);
        }

        var outer = image.EnterElements();
        var items = ReadElements(ref reader, count);
        var isIncomplete = image.LeaveElements(outer) && LooksAtElements(comparer);
        if (!CreatesFirst)
        {
            if (isIncomplete)
            {
                ImageErrors.ThrowIncompleteElements(typeof(TCollection), start);
            }

            return Build(items, comparer, start);
        }

        if (isIncomplete)
        {
            // A hash of what is yet to be set would be another one later.
            image.Defer(() => FillChecked(made!, items, start));
        }
        else
        {
            FillChecked(made!, items, start);
        }

        return made;
    }

    private bool LooksAtElements(object? comparer) =>
        ComparesElements && !HasPlainKeys && !ReferenceEquals(comparer, ReferenceEqualityComparer.Instance);

    private void FillChecked(TCollection value, T[] items, long offset)
    {
        try
        {
            Fill(value, items);
        }
        catch (Exception e) when (e is not WireSerializationException)
        {
            throw NoSuchElements(e, offset);
        }
    }

    private TCollection Build(T[] items, object? comparer, long offset)
    {
        try
        {
            return FromArray(items, comparer);
        }
        catch (Exception e) when (e is not WireSerializationException)
        {
            throw NoSuchElements(e, offset);
        }
    }

    private static WireSerializationException NoSuchElements(Exception e, long offset) =>
        new("The elements do not make such a collection: " + e.Message, typeof(TCollection), offset, e);
}
