namespace Wires.Serialization.Formatters;

/// <summary>What collections share that are views of another one. In a migration image they are that one, so that they go on showing it.</summary>
/// <typeparam name="TView">The declared type of the view.</typeparam>
/// <typeparam name="TInner">The declared type of what it shows.</typeparam>
/// <typeparam name="T">The elements.</typeparam>
public abstract class ViewFormatter<TView, TInner, T> : SequenceFormatter<TView, T>
    where TView : class
    where TInner : class
{
    private readonly WireFormatter<TInner> _inner;

    private protected ViewFormatter(WireFormatter<TInner> inner)
    {
        _inner = inner;
    }

    /// <inheritdoc/>
    public sealed override void Write(ref WireWriter writer, scoped ref readonly TView? value)
    {
        if (writer.Image is not null && value is not null)
        {
            CheckType(value);
            writer.WriteValue(_inner, InnerOf(value));
        }
        else
        {
            base.Write(ref writer, in value);
        }
    }

    /// <inheritdoc/>
    public sealed override void Read(ref WireReader reader, scoped ref TView? value)
    {
        if (reader.Image is null)
        {
            base.Read(ref reader, ref value);
            return;
        }

        TInner? inner = null;
        reader.ReadValue(_inner, ref inner);
        if (inner is null)
        {
            WireSerializationException.ThrowInvalid<TView>("What a view shows is null", in reader);
        }

        value = Over(inner);
    }

    /// <summary>What the view shows.</summary>
    private protected abstract TInner InnerOf(TView value);

    /// <summary>A view of a collection.</summary>
    private protected abstract TView Over(TInner inner);
}
