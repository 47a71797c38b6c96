namespace Wires.Serialization.Formatters;

/// <summary>Formats tuples (of the class) of one.</summary>
public sealed class TupleFormatter<T1> : WireFormatter<Tuple<T1>>
{
    /// <inheritdoc/>
    public override bool IsShared => WireFormatters.Get<T1>().IsShared;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Tuple<T1>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(1);
        writer.WriteValue<T1>(value.Item1);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Tuple<T1>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 1)
        {
            WireSerializationException.ThrowMemberCount<Tuple<T1>>(1, count, in reader);
        }

        value = new Tuple<T1>(reader.ReadValue<T1>()!);
    }

    /// <inheritdoc/>
    public override Tuple<T1>? Copy(Tuple<T1>? value, ref CopyContext context) =>
        value is null || IsShared ? value : new Tuple<T1>(context.Copy(value.Item1)!);
}

/// <summary>Formats tuples (of the class) of two.</summary>
public sealed class TupleFormatter<T1, T2> : WireFormatter<Tuple<T1, T2>>
{
    /// <inheritdoc/>
    public override bool IsShared => WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Tuple<T1, T2>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(2);
        writer.WriteValue<T1>(value.Item1);
        writer.WriteValue<T2>(value.Item2);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Tuple<T1, T2>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 2)
        {
            WireSerializationException.ThrowMemberCount<Tuple<T1, T2>>(2, count, in reader);
        }

        value = new Tuple<T1, T2>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!);
    }

    /// <inheritdoc/>
    public override Tuple<T1, T2>? Copy(Tuple<T1, T2>? value, ref CopyContext context) =>
        value is null || IsShared ? value : new Tuple<T1, T2>(context.Copy(value.Item1)!, context.Copy(value.Item2)!);
}

/// <summary>Formats tuples (of the class) of three.</summary>
public sealed class TupleFormatter<T1, T2, T3> : WireFormatter<Tuple<T1, T2, T3>>
{
    /// <inheritdoc/>
    public override bool IsShared => WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Tuple<T1, T2, T3>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(3);
        writer.WriteValue<T1>(value.Item1);
        writer.WriteValue<T2>(value.Item2);
        writer.WriteValue<T3>(value.Item3);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Tuple<T1, T2, T3>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 3)
        {
            WireSerializationException.ThrowMemberCount<Tuple<T1, T2, T3>>(3, count, in reader);
        }

        value = new Tuple<T1, T2, T3>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!);
    }

    /// <inheritdoc/>
    public override Tuple<T1, T2, T3>? Copy(Tuple<T1, T2, T3>? value, ref CopyContext context) =>
        value is null || IsShared ? value : new Tuple<T1, T2, T3>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!);
}

/// <summary>Formats tuples (of the class) of four.</summary>
public sealed class TupleFormatter<T1, T2, T3, T4> : WireFormatter<Tuple<T1, T2, T3, T4>>
{
    /// <inheritdoc/>
    public override bool IsShared => WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Tuple<T1, T2, T3, T4>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(4);
        writer.WriteValue<T1>(value.Item1);
        writer.WriteValue<T2>(value.Item2);
        writer.WriteValue<T3>(value.Item3);
        writer.WriteValue<T4>(value.Item4);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Tuple<T1, T2, T3, T4>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 4)
        {
            WireSerializationException.ThrowMemberCount<Tuple<T1, T2, T3, T4>>(4, count, in reader);
        }

        value = new Tuple<T1, T2, T3, T4>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!, reader.ReadValue<T4>()!);
    }

    /// <inheritdoc/>
    public override Tuple<T1, T2, T3, T4>? Copy(Tuple<T1, T2, T3, T4>? value, ref CopyContext context) =>
        value is null || IsShared ? value : new Tuple<T1, T2, T3, T4>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!);
}

/// <summary>Formats tuples (of the class) of five.</summary>
public sealed class TupleFormatter<T1, T2, T3, T4, T5> : WireFormatter<Tuple<T1, T2, T3, T4, T5>>
{
    /// <inheritdoc/>
    public override bool IsShared => WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared && WireFormatters.Get<T5>().IsShared;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Tuple<T1, T2, T3, T4, T5>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(5);
        writer.WriteValue<T1>(value.Item1);
        writer.WriteValue<T2>(value.Item2);
        writer.WriteValue<T3>(value.Item3);
        writer.WriteValue<T4>(value.Item4);
        writer.WriteValue<T5>(value.Item5);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Tuple<T1, T2, T3, T4, T5>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 5)
        {
            WireSerializationException.ThrowMemberCount<Tuple<T1, T2, T3, T4, T5>>(5, count, in reader);
        }

        value = new Tuple<T1, T2, T3, T4, T5>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!, reader.ReadValue<T4>()!, reader.ReadValue<T5>()!);
    }

    /// <inheritdoc/>
    public override Tuple<T1, T2, T3, T4, T5>? Copy(Tuple<T1, T2, T3, T4, T5>? value, ref CopyContext context) =>
        value is null || IsShared ? value : new Tuple<T1, T2, T3, T4, T5>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!, context.Copy(value.Item5)!);
}

/// <summary>Formats tuples (of the class) of six.</summary>
public sealed class TupleFormatter<T1, T2, T3, T4, T5, T6> : WireFormatter<Tuple<T1, T2, T3, T4, T5, T6>>
{
    /// <inheritdoc/>
    public override bool IsShared => WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared && WireFormatters.Get<T5>().IsShared && WireFormatters.Get<T6>().IsShared;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Tuple<T1, T2, T3, T4, T5, T6>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(6);
        writer.WriteValue<T1>(value.Item1);
        writer.WriteValue<T2>(value.Item2);
        writer.WriteValue<T3>(value.Item3);
        writer.WriteValue<T4>(value.Item4);
        writer.WriteValue<T5>(value.Item5);
        writer.WriteValue<T6>(value.Item6);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Tuple<T1, T2, T3, T4, T5, T6>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 6)
        {
            WireSerializationException.ThrowMemberCount<Tuple<T1, T2, T3, T4, T5, T6>>(6, count, in reader);
        }

        value = new Tuple<T1, T2, T3, T4, T5, T6>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!, reader.ReadValue<T4>()!, reader.ReadValue<T5>()!, reader.ReadValue<T6>()!);
    }

    /// <inheritdoc/>
    public override Tuple<T1, T2, T3, T4, T5, T6>? Copy(Tuple<T1, T2, T3, T4, T5, T6>? value, ref CopyContext context) =>
        value is null || IsShared ? value : new Tuple<T1, T2, T3, T4, T5, T6>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!, context.Copy(value.Item5)!, context.Copy(value.Item6)!);
}

/// <summary>Formats tuples (of the class) of seven.</summary>
public sealed class TupleFormatter<T1, T2, T3, T4, T5, T6, T7> : WireFormatter<Tuple<T1, T2, T3, T4, T5, T6, T7>>
{
    /// <inheritdoc/>
    public override bool IsShared => WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared && WireFormatters.Get<T5>().IsShared && WireFormatters.Get<T6>().IsShared && WireFormatters.Get<T7>().IsShared;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Tuple<T1, T2, T3, T4, T5, T6, T7>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(7);
        writer.WriteValue<T1>(value.Item1);
        writer.WriteValue<T2>(value.Item2);
        writer.WriteValue<T3>(value.Item3);
        writer.WriteValue<T4>(value.Item4);
        writer.WriteValue<T5>(value.Item5);
        writer.WriteValue<T6>(value.Item6);
        writer.WriteValue<T7>(value.Item7);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Tuple<T1, T2, T3, T4, T5, T6, T7>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 7)
        {
            WireSerializationException.ThrowMemberCount<Tuple<T1, T2, T3, T4, T5, T6, T7>>(7, count, in reader);
        }

        value = new Tuple<T1, T2, T3, T4, T5, T6, T7>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!, reader.ReadValue<T4>()!, reader.ReadValue<T5>()!, reader.ReadValue<T6>()!, reader.ReadValue<T7>()!);
    }

    /// <inheritdoc/>
    public override Tuple<T1, T2, T3, T4, T5, T6, T7>? Copy(Tuple<T1, T2, T3, T4, T5, T6, T7>? value, ref CopyContext context) =>
        value is null || IsShared ? value : new Tuple<T1, T2, T3, T4, T5, T6, T7>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!, context.Copy(value.Item5)!, context.Copy(value.Item6)!, context.Copy(value.Item7)!);
}

/// <summary>Formats tuples (of the class) of eight.</summary>
public sealed class TupleFormatter<T1, T2, T3, T4, T5, T6, T7, TRest> : WireFormatter<Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : notnull
{
    /// <inheritdoc/>
    public override bool IsShared => WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared && WireFormatters.Get<T5>().IsShared && WireFormatters.Get<T6>().IsShared && WireFormatters.Get<T7>().IsShared && WireFormatters.Get<TRest>().IsShared;

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>? value)
    {
        if (value is null)
        {
            writer.WriteNullObjectHeader();
            return;
        }

        writer.WriteObjectHeader(8);
        writer.WriteValue<T1>(value.Item1);
        writer.WriteValue<T2>(value.Item2);
        writer.WriteValue<T3>(value.Item3);
        writer.WriteValue<T4>(value.Item4);
        writer.WriteValue<T5>(value.Item5);
        writer.WriteValue<T6>(value.Item6);
        writer.WriteValue<T7>(value.Item7);
        writer.WriteValue<TRest>(value.Rest);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>? value)
    {
        if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
            return;
        }

        if (count != 8)
        {
            WireSerializationException.ThrowMemberCount<Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>>(8, count, in reader);
        }

        var item1 = reader.ReadValue<T1>();
        var item2 = reader.ReadValue<T2>();
        var item3 = reader.ReadValue<T3>();
        var item4 = reader.ReadValue<T4>();
        var item5 = reader.ReadValue<T5>();
        var item6 = reader.ReadValue<T6>();
        var item7 = reader.ReadValue<T7>();
        var rest = reader.ReadValue<TRest>();
        if (rest is null)
        {
            WireSerializationException.ThrowInvalid<Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>>("The rest of a tuple is null", in reader);
        }

        value = new Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>(item1!, item2!, item3!, item4!, item5!, item6!, item7!, rest);
    }

    /// <inheritdoc/>
    public override Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>? Copy(Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>? value, ref CopyContext context) =>
        value is null || IsShared ? value : new Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!, context.Copy(value.Item5)!, context.Copy(value.Item6)!, context.Copy(value.Item7)!, context.Copy(value.Rest)!);
}
