using System.Runtime.CompilerServices;

namespace Wires.Serialization.Formatters;

/// <summary>
/// What all collections share: a count, then the elements. Elements without references go as they lie in memory, in one piece. A derived
/// class says how to take a collection apart and put one together; the hottest ones replace more.
/// </summary>
/// <typeparam name="TCollection">The declared type of the collection.</typeparam>
/// <typeparam name="T">Its elements.</typeparam>
public abstract partial class SequenceFormatter<TCollection, T> : WireFormatter<TCollection>
{
    private WireFormatter<T>? _element;

    private protected SequenceFormatter()
    {
    }

    /// <inheritdoc/>
    public override int MinimumSize => 4;

    // Resolved late, so that the order in which formatters are registered does not matter.
    private protected WireFormatter<T> Element => FindElement() ?? WireFormatters.Get<T>();

    private protected bool HasSharedElements => IsRaw || Element.IsShared;

    private protected static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<T>();

    // Whether a value may be of any type that has the declared one: interfaces, and base classes of the library's own hidden types.
    private protected virtual bool AcceptsSubtypes => false;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly TCollection? value)
    {
        if (writer.Image is not null && value is not null)
        {
            WriteImage(ref writer, value);
        }
        else if (Take(value) is { } items)
        {
            WriteElements(ref writer, items);
        }
        else
        {
            writer.WriteNullCollectionHeader();
        }
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref TCollection? value)
    {
        if (reader.Image is not null)
        {
            value = ReadImage(ref reader);
            return;
        }

        if (!reader.TryReadCollectionHeader(out var count))
        {
            value = default;
            return;
        }

        var start = reader.Consumed;
        value = Build(ReadElements(ref reader, count), start);
    }

    /// <inheritdoc/>
    public override TCollection? Copy(TCollection? value, ref CopyContext context) =>
        IsShared || Take(value) is not { } items ? value : Build(CopyElements(items, ref context), -1);

    private protected virtual WireFormatter<T>? ResolveElement() => WireFormatters.Find<T>();

    private WireFormatter<T>? FindElement() => _element ??= ResolveElement();

    /// <summary>The elements in the order in which they are written: a new array or the collection's own.</summary>
    private protected abstract T[] ToArray(TCollection value);

    /// <summary>A collection of elements; the array is its to keep. What it throws is told as a fault of the elements.</summary>
    private protected abstract TCollection FromArray(T[] items);

    private protected void WriteElements(ref WireWriter writer, scoped ReadOnlySpan<T> items)
    {
        if (IsRaw && (BitPattern.IsAlwaysValid<T>() || FindElement() is not { HasPadding: true }))
        {
            writer.WriteRawSpan(items);
            return;
        }

        writer.WriteCollectionHeader(items.Length);
        WriteEach(ref writer, items);
    }

    private protected void WriteEach(ref WireWriter writer, scoped ReadOnlySpan<T> items)
    {
        writer.Enter<TCollection>();
        var element = Element;
        foreach (ref readonly var item in items)
        {
            writer.WritePart(element, in item!);
        }

        writer.Leave();
    }

    private protected T[] ReadElements(ref WireReader reader, int count)
    {
        if (IsRaw)
        {
            return reader.ReadRawElements<T>(count);
        }

        if (count == 0)
        {
            return [];
        }

        var element = Element;
        var minimumSize = MinimumSizeOf(element, in reader);
        reader.CheckRoom(count, minimumSize, typeof(TCollection));
        reader.Enter<TCollection>();
        var items = new T[FirstCapacity(count, minimumSize)];
        for (var i = 0; i < count; i++)
        {
            if (i == items.Length)
            {
                Array.Resize(ref items, (int)Math.Min(count, items.Length * 2L));
            }

            reader.ReadPart(element, ref items[i]!);
        }

        reader.Leave();
        return items;
    }

    private protected T[] CopyElements(scoped ReadOnlySpan<T> items, ref CopyContext context)
    {
        if (HasSharedElements)
        {
            return items.ToArray();
        }

        context.Enter<TCollection>();
        var element = Element;
        var copies = items.Length == 0 ? [] : new T[items.Length];
        for (var i = 0; i < copies.Length; i++)
        {
            copies[i] = element.Copy(items[i], ref context)!;
        }

        context.Leave();
        return copies;
    }

    /// <summary>
    /// Room for all elements at once, if that is at most eight times the bytes that they take; else some room, which grows as they are
    /// read. So a count that lies costs the writer of it more bytes than it costs us memory.
    /// </summary>
    private protected static int FirstCapacity(int count, int minimumSize) =>
        (long)Unsafe.SizeOf<T>() <= minimumSize * 8L ? count : Math.Min(count, 16);

    private protected TCollection Build(T[] items, long offset)
    {
        try
        {
            return FromArray(items);
        }
        catch (Exception e) when (e is not WireSerializationException)
        {
            throw NoSuchElements(e, offset);
        }
    }

    private protected void CheckType(object value)
    {
        if (value.GetType() != typeof(TCollection) && !AcceptsSubtypes)
        {
            WireSerializationException.ThrowRuntimeType<TCollection>(value);
        }
    }

    // Sets that drop an element are told from those that hold all: in both directions nothing is lost in silence.
    private protected static void CheckCount(int count, T[] items)
    {
        if (count != items.Length)
        {
            throw new WireSerializationException("Two of the elements are equal to the default comparer", typeof(TCollection), -1);
        }
    }

    private T[]? Take(TCollection? value)
    {
        if (value is null)
        {
            return null;
        }

        if (!typeof(TCollection).IsValueType)
        {
            CheckType(value);
        }

        return ToArray(value);
    }
}
