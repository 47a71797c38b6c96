using System.Runtime.CompilerServices;

namespace Wires.Serialization.Formatters;

/// <summary>Formats value tuples of one; without references in them, as they lie in memory.</summary>
public sealed class ValueTupleFormatter<T1> : WireFormatter<ValueTuple<T1>>
{
    /// <inheritdoc/>
    public override bool IsShared => IsRaw || (WireFormatters.Get<T1>().IsShared);

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<ValueTuple<T1>>() : 1;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<ValueTuple<T1>>() > Unsafe.SizeOf<T1>();

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<ValueTuple<T1>>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ValueTuple<T1> value)
    {
        if (IsRaw)
        {
            ref var at = ref Padding.ReserveZeros<ValueTuple<T1>>(ref writer);
            Padding.Put(ref at, in value, in value.Item1);
            return;
        }

        writer.WriteValue(in value.Item1);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ValueTuple<T1> value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<ValueTuple<T1>>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(ValueTuple<T1>), reader.Consumed - Unsafe.SizeOf<ValueTuple<T1>>());
            }

            return;
        }

        value = new ValueTuple<T1>(reader.ReadValue<T1>()!);
    }

    /// <inheritdoc/>
    public override ValueTuple<T1> Copy(ValueTuple<T1> value, ref CopyContext context) =>
        IsShared ? value : new ValueTuple<T1>(context.Copy(value.Item1)!);

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly ValueTuple<T1> value) => BitPattern.IsDeeplyValid(in value.Item1);
}

/// <summary>Formats value tuples of two; without references in them, as they lie in memory.</summary>
public sealed class ValueTupleFormatter<T1, T2> : WireFormatter<ValueTuple<T1, T2>>
{
    /// <inheritdoc/>
    public override bool IsShared => IsRaw || (WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared);

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<ValueTuple<T1, T2>>() : 1;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<ValueTuple<T1, T2>>() > Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>();

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<ValueTuple<T1, T2>>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ValueTuple<T1, T2> value)
    {
        if (IsRaw)
        {
            ref var at = ref Padding.ReserveZeros<ValueTuple<T1, T2>>(ref writer);
            Padding.Put(ref at, in value, in value.Item1);
            Padding.Put(ref at, in value, in value.Item2);
            return;
        }

        writer.WriteValue(in value.Item1);
        writer.WriteValue(in value.Item2);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ValueTuple<T1, T2> value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<ValueTuple<T1, T2>>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(ValueTuple<T1, T2>), reader.Consumed - Unsafe.SizeOf<ValueTuple<T1, T2>>());
            }

            return;
        }

        value = new ValueTuple<T1, T2>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!);
    }

    /// <inheritdoc/>
    public override ValueTuple<T1, T2> Copy(ValueTuple<T1, T2> value, ref CopyContext context) =>
        IsShared ? value : new ValueTuple<T1, T2>(context.Copy(value.Item1)!, context.Copy(value.Item2)!);

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly ValueTuple<T1, T2> value) => BitPattern.IsDeeplyValid(in value.Item1) && BitPattern.IsDeeplyValid(in value.Item2);
}

/// <summary>Formats value tuples of three; without references in them, as they lie in memory.</summary>
public sealed class ValueTupleFormatter<T1, T2, T3> : WireFormatter<ValueTuple<T1, T2, T3>>
{
    /// <inheritdoc/>
    public override bool IsShared => IsRaw || (WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared);

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<ValueTuple<T1, T2, T3>>() : 1;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<ValueTuple<T1, T2, T3>>() > Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>();

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<ValueTuple<T1, T2, T3>>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ValueTuple<T1, T2, T3> value)
    {
        if (IsRaw)
        {
            ref var at = ref Padding.ReserveZeros<ValueTuple<T1, T2, T3>>(ref writer);
            Padding.Put(ref at, in value, in value.Item1);
            Padding.Put(ref at, in value, in value.Item2);
            Padding.Put(ref at, in value, in value.Item3);
            return;
        }

        writer.WriteValue(in value.Item1);
        writer.WriteValue(in value.Item2);
        writer.WriteValue(in value.Item3);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ValueTuple<T1, T2, T3> value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<ValueTuple<T1, T2, T3>>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(ValueTuple<T1, T2, T3>), reader.Consumed - Unsafe.SizeOf<ValueTuple<T1, T2, T3>>());
            }

            return;
        }

        value = new ValueTuple<T1, T2, T3>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!);
    }

    /// <inheritdoc/>
    public override ValueTuple<T1, T2, T3> Copy(ValueTuple<T1, T2, T3> value, ref CopyContext context) =>
        IsShared ? value : new ValueTuple<T1, T2, T3>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!);

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly ValueTuple<T1, T2, T3> value) => BitPattern.IsDeeplyValid(in value.Item1) && BitPattern.IsDeeplyValid(in value.Item2) && BitPattern.IsDeeplyValid(in value.Item3);
}

/// <summary>Formats value tuples of four; without references in them, as they lie in memory.</summary>
public sealed class ValueTupleFormatter<T1, T2, T3, T4> : WireFormatter<ValueTuple<T1, T2, T3, T4>>
{
    /// <inheritdoc/>
    public override bool IsShared => IsRaw || (WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared);

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4>>() : 1;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4>>() > Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>();

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<ValueTuple<T1, T2, T3, T4>>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ValueTuple<T1, T2, T3, T4> value)
    {
        if (IsRaw)
        {
            ref var at = ref Padding.ReserveZeros<ValueTuple<T1, T2, T3, T4>>(ref writer);
            Padding.Put(ref at, in value, in value.Item1);
            Padding.Put(ref at, in value, in value.Item2);
            Padding.Put(ref at, in value, in value.Item3);
            Padding.Put(ref at, in value, in value.Item4);
            return;
        }

        writer.WriteValue(in value.Item1);
        writer.WriteValue(in value.Item2);
        writer.WriteValue(in value.Item3);
        writer.WriteValue(in value.Item4);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ValueTuple<T1, T2, T3, T4> value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<ValueTuple<T1, T2, T3, T4>>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(ValueTuple<T1, T2, T3, T4>), reader.Consumed - Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4>>());
            }

            return;
        }

        value = new ValueTuple<T1, T2, T3, T4>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!, reader.ReadValue<T4>()!);
    }

    /// <inheritdoc/>
    public override ValueTuple<T1, T2, T3, T4> Copy(ValueTuple<T1, T2, T3, T4> value, ref CopyContext context) =>
        IsShared ? value : new ValueTuple<T1, T2, T3, T4>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!);

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly ValueTuple<T1, T2, T3, T4> value) => BitPattern.IsDeeplyValid(in value.Item1) && BitPattern.IsDeeplyValid(in value.Item2) && BitPattern.IsDeeplyValid(in value.Item3) && BitPattern.IsDeeplyValid(in value.Item4);
}

/// <summary>Formats value tuples of five; without references in them, as they lie in memory.</summary>
public sealed class ValueTupleFormatter<T1, T2, T3, T4, T5> : WireFormatter<ValueTuple<T1, T2, T3, T4, T5>>
{
    /// <inheritdoc/>
    public override bool IsShared => IsRaw || (WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared && WireFormatters.Get<T5>().IsShared);

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5>>() : 1;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5>>() > Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>() + Unsafe.SizeOf<T5>();

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<ValueTuple<T1, T2, T3, T4, T5>>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ValueTuple<T1, T2, T3, T4, T5> value)
    {
        if (IsRaw)
        {
            ref var at = ref Padding.ReserveZeros<ValueTuple<T1, T2, T3, T4, T5>>(ref writer);
            Padding.Put(ref at, in value, in value.Item1);
            Padding.Put(ref at, in value, in value.Item2);
            Padding.Put(ref at, in value, in value.Item3);
            Padding.Put(ref at, in value, in value.Item4);
            Padding.Put(ref at, in value, in value.Item5);
            return;
        }

        writer.WriteValue(in value.Item1);
        writer.WriteValue(in value.Item2);
        writer.WriteValue(in value.Item3);
        writer.WriteValue(in value.Item4);
        writer.WriteValue(in value.Item5);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ValueTuple<T1, T2, T3, T4, T5> value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<ValueTuple<T1, T2, T3, T4, T5>>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(ValueTuple<T1, T2, T3, T4, T5>), reader.Consumed - Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5>>());
            }

            return;
        }

        value = new ValueTuple<T1, T2, T3, T4, T5>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!, reader.ReadValue<T4>()!, reader.ReadValue<T5>()!);
    }

    /// <inheritdoc/>
    public override ValueTuple<T1, T2, T3, T4, T5> Copy(ValueTuple<T1, T2, T3, T4, T5> value, ref CopyContext context) =>
        IsShared ? value : new ValueTuple<T1, T2, T3, T4, T5>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!, context.Copy(value.Item5)!);

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly ValueTuple<T1, T2, T3, T4, T5> value) => BitPattern.IsDeeplyValid(in value.Item1) && BitPattern.IsDeeplyValid(in value.Item2) && BitPattern.IsDeeplyValid(in value.Item3) && BitPattern.IsDeeplyValid(in value.Item4) && BitPattern.IsDeeplyValid(in value.Item5);
}

/// <summary>Formats value tuples of six; without references in them, as they lie in memory.</summary>
public sealed class ValueTupleFormatter<T1, T2, T3, T4, T5, T6> : WireFormatter<ValueTuple<T1, T2, T3, T4, T5, T6>>
{
    /// <inheritdoc/>
    public override bool IsShared => IsRaw || (WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared && WireFormatters.Get<T5>().IsShared && WireFormatters.Get<T6>().IsShared);

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5, T6>>() : 1;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5, T6>>() > Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>() + Unsafe.SizeOf<T5>() + Unsafe.SizeOf<T6>();

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<ValueTuple<T1, T2, T3, T4, T5, T6>>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ValueTuple<T1, T2, T3, T4, T5, T6> value)
    {
        if (IsRaw)
        {
            ref var at = ref Padding.ReserveZeros<ValueTuple<T1, T2, T3, T4, T5, T6>>(ref writer);
            Padding.Put(ref at, in value, in value.Item1);
            Padding.Put(ref at, in value, in value.Item2);
            Padding.Put(ref at, in value, in value.Item3);
            Padding.Put(ref at, in value, in value.Item4);
            Padding.Put(ref at, in value, in value.Item5);
            Padding.Put(ref at, in value, in value.Item6);
            return;
        }

        writer.WriteValue(in value.Item1);
        writer.WriteValue(in value.Item2);
        writer.WriteValue(in value.Item3);
        writer.WriteValue(in value.Item4);
        writer.WriteValue(in value.Item5);
        writer.WriteValue(in value.Item6);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ValueTuple<T1, T2, T3, T4, T5, T6> value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<ValueTuple<T1, T2, T3, T4, T5, T6>>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(ValueTuple<T1, T2, T3, T4, T5, T6>), reader.Consumed - Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5, T6>>());
            }

            return;
        }

        value = new ValueTuple<T1, T2, T3, T4, T5, T6>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!, reader.ReadValue<T4>()!, reader.ReadValue<T5>()!, reader.ReadValue<T6>()!);
    }

    /// <inheritdoc/>
    public override ValueTuple<T1, T2, T3, T4, T5, T6> Copy(ValueTuple<T1, T2, T3, T4, T5, T6> value, ref CopyContext context) =>
        IsShared ? value : new ValueTuple<T1, T2, T3, T4, T5, T6>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!, context.Copy(value.Item5)!, context.Copy(value.Item6)!);

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly ValueTuple<T1, T2, T3, T4, T5, T6> value) => BitPattern.IsDeeplyValid(in value.Item1) && BitPattern.IsDeeplyValid(in value.Item2) && BitPattern.IsDeeplyValid(in value.Item3) && BitPattern.IsDeeplyValid(in value.Item4) && BitPattern.IsDeeplyValid(in value.Item5) && BitPattern.IsDeeplyValid(in value.Item6);
}

/// <summary>Formats value tuples of seven; without references in them, as they lie in memory.</summary>
public sealed class ValueTupleFormatter<T1, T2, T3, T4, T5, T6, T7> : WireFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>
{
    /// <inheritdoc/>
    public override bool IsShared => IsRaw || (WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared && WireFormatters.Get<T5>().IsShared && WireFormatters.Get<T6>().IsShared && WireFormatters.Get<T7>().IsShared);

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>() : 1;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>() > Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>() + Unsafe.SizeOf<T5>() + Unsafe.SizeOf<T6>() + Unsafe.SizeOf<T7>();

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ValueTuple<T1, T2, T3, T4, T5, T6, T7> value)
    {
        if (IsRaw)
        {
            ref var at = ref Padding.ReserveZeros<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>(ref writer);
            Padding.Put(ref at, in value, in value.Item1);
            Padding.Put(ref at, in value, in value.Item2);
            Padding.Put(ref at, in value, in value.Item3);
            Padding.Put(ref at, in value, in value.Item4);
            Padding.Put(ref at, in value, in value.Item5);
            Padding.Put(ref at, in value, in value.Item6);
            Padding.Put(ref at, in value, in value.Item7);
            return;
        }

        writer.WriteValue(in value.Item1);
        writer.WriteValue(in value.Item2);
        writer.WriteValue(in value.Item3);
        writer.WriteValue(in value.Item4);
        writer.WriteValue(in value.Item5);
        writer.WriteValue(in value.Item6);
        writer.WriteValue(in value.Item7);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ValueTuple<T1, T2, T3, T4, T5, T6, T7> value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(ValueTuple<T1, T2, T3, T4, T5, T6, T7>), reader.Consumed - Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>());
            }

            return;
        }

        value = new ValueTuple<T1, T2, T3, T4, T5, T6, T7>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!, reader.ReadValue<T4>()!, reader.ReadValue<T5>()!, reader.ReadValue<T6>()!, reader.ReadValue<T7>()!);
    }

    /// <inheritdoc/>
    public override ValueTuple<T1, T2, T3, T4, T5, T6, T7> Copy(ValueTuple<T1, T2, T3, T4, T5, T6, T7> value, ref CopyContext context) =>
        IsShared ? value : new ValueTuple<T1, T2, T3, T4, T5, T6, T7>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!, context.Copy(value.Item5)!, context.Copy(value.Item6)!, context.Copy(value.Item7)!);

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly ValueTuple<T1, T2, T3, T4, T5, T6, T7> value) => BitPattern.IsDeeplyValid(in value.Item1) && BitPattern.IsDeeplyValid(in value.Item2) && BitPattern.IsDeeplyValid(in value.Item3) && BitPattern.IsDeeplyValid(in value.Item4) && BitPattern.IsDeeplyValid(in value.Item5) && BitPattern.IsDeeplyValid(in value.Item6) && BitPattern.IsDeeplyValid(in value.Item7);
}

/// <summary>Formats value tuples of eight; without references in them, as they lie in memory.</summary>
public sealed class ValueTupleFormatter<T1, T2, T3, T4, T5, T6, T7, TRest> : WireFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : struct
{
    /// <inheritdoc/>
    public override bool IsShared => IsRaw || (WireFormatters.Get<T1>().IsShared && WireFormatters.Get<T2>().IsShared && WireFormatters.Get<T3>().IsShared && WireFormatters.Get<T4>().IsShared && WireFormatters.Get<T5>().IsShared && WireFormatters.Get<T6>().IsShared && WireFormatters.Get<T7>().IsShared && WireFormatters.Get<TRest>().IsShared);

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>() : 1;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>() > Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>() + Unsafe.SizeOf<T5>() + Unsafe.SizeOf<T6>() + Unsafe.SizeOf<T7>() + Unsafe.SizeOf<TRest>();

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
    {
        if (IsRaw)
        {
            ref var at = ref Padding.ReserveZeros<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>(ref writer);
            Padding.Put(ref at, in value, in value.Item1);
            Padding.Put(ref at, in value, in value.Item2);
            Padding.Put(ref at, in value, in value.Item3);
            Padding.Put(ref at, in value, in value.Item4);
            Padding.Put(ref at, in value, in value.Item5);
            Padding.Put(ref at, in value, in value.Item6);
            Padding.Put(ref at, in value, in value.Item7);
            Padding.Put(ref at, in value, in value.Rest);
            return;
        }

        writer.WriteValue(in value.Item1);
        writer.WriteValue(in value.Item2);
        writer.WriteValue(in value.Item3);
        writer.WriteValue(in value.Item4);
        writer.WriteValue(in value.Item5);
        writer.WriteValue(in value.Item6);
        writer.WriteValue(in value.Item7);
        writer.WriteValue(in value.Rest);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>), reader.Consumed - Unsafe.SizeOf<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>());
            }

            return;
        }

        value = new ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>(reader.ReadValue<T1>()!, reader.ReadValue<T2>()!, reader.ReadValue<T3>()!, reader.ReadValue<T4>()!, reader.ReadValue<T5>()!, reader.ReadValue<T6>()!, reader.ReadValue<T7>()!, reader.ReadValue<TRest>()!);
    }

    /// <inheritdoc/>
    public override ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> Copy(ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value, ref CopyContext context) =>
        IsShared ? value : new ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>(context.Copy(value.Item1)!, context.Copy(value.Item2)!, context.Copy(value.Item3)!, context.Copy(value.Item4)!, context.Copy(value.Item5)!, context.Copy(value.Item6)!, context.Copy(value.Item7)!, context.Copy(value.Rest)!);

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value) => BitPattern.IsDeeplyValid(in value.Item1) && BitPattern.IsDeeplyValid(in value.Item2) && BitPattern.IsDeeplyValid(in value.Item3) && BitPattern.IsDeeplyValid(in value.Item4) && BitPattern.IsDeeplyValid(in value.Item5) && BitPattern.IsDeeplyValid(in value.Item6) && BitPattern.IsDeeplyValid(in value.Item7) && BitPattern.IsDeeplyValid(in value.Rest);
}
