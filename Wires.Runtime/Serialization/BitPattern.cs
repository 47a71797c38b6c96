using System.Runtime.CompilerServices;
using System.Text;

namespace Wires.Serialization;

/// <summary>
/// Which bytes are a value. Types without references are copied from the input as they are, and for some of them the base library relies
/// on what only its constructors check: a bool of 2, a decimal of scale 200 or a date after the year 9999 would fail much later, elsewhere.
/// </summary>
internal static class BitPattern
{
    // Days up to 9999-12-31, and ticks of one.
    private const int MaxDayNumber = 3_652_058;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAlwaysValid<T>() =>
        typeof(T) == typeof(byte) || typeof(T) == typeof(sbyte) || typeof(T) == typeof(short) || typeof(T) == typeof(ushort)
        || typeof(T) == typeof(int) || typeof(T) == typeof(uint) || typeof(T) == typeof(long) || typeof(T) == typeof(ulong)
        || typeof(T) == typeof(char) || typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half)
        || typeof(T) == typeof(Guid) || typeof(T) == typeof(TimeSpan) || typeof(T) == typeof(Int128) || typeof(T) == typeof(UInt128)
        || typeof(T).IsEnum;

    /// <summary>Whether the compiler's own checks (all of them constants for one T) say that bytes of T can be wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsChecked<T>() =>
        typeof(T) == typeof(bool) || typeof(T) == typeof(decimal) || typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset)
        || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeOnly) || typeof(T) == typeof(Rune);

    /// <summary>Whether a value is valid, for the types that this class knows; true for others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValid<T>(scoped ref readonly T value)
    {
        if (!IsChecked<T>())
        {
            return true;
        }

        ref var bytes = ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in value));
        if (typeof(T) == typeof(bool))
        {
            return bytes <= 1;
        }

        if (typeof(T) == typeof(decimal))
        {
            return IsDecimal(Unsafe.ReadUnaligned<uint>(ref bytes));
        }

        if (typeof(T) == typeof(DateTime))
        {
            return IsDateTime(Unsafe.ReadUnaligned<ulong>(ref bytes));
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            return IsDateTimeOffset(in Unsafe.As<byte, DateTimeOffset>(ref bytes));
        }

        if (typeof(T) == typeof(DateOnly))
        {
            return Unsafe.ReadUnaligned<uint>(ref bytes) <= MaxDayNumber;
        }

        if (typeof(T) == typeof(TimeOnly))
        {
            return Unsafe.ReadUnaligned<ulong>(ref bytes) < TimeSpan.TicksPerDay;
        }

        return Rune.IsValid(Unsafe.ReadUnaligned<uint>(ref bytes));
    }

    /// <summary>The same for every type: its formatter is asked where this class does not know it.</summary>
    public static bool IsDeeplyValid<T>(scoped ref readonly T value) =>
        IsAlwaysValid<T>()
        || (IsChecked<T>() ? IsValid(in value) : WireFormatters.Find<T>() is not { ChecksPatterns: true } formatter || formatter.IsValid(in value));

    // The flags: sign in the top bit, scale of 0 to 28 in bits 16 to 23, all else zero.
    private static bool IsDecimal(uint flags) => (flags & 0x7F00FFFF) == 0 && (flags & 0x00FF0000) <= 28u << 16;

    // The kind in the top two bits, ticks below.
    private static bool IsDateTime(ulong bits) => (bits & 0x3FFF_FFFF_FFFF_FFFF) <= (ulong)DateTime.MaxValue.Ticks;

    // The UTC time, of no kind, in the second word; the local time has to be in range too.
    private static bool IsDateTimeOffset(scoped ref readonly DateTimeOffset value)
    {
        var utc = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref Unsafe.As<DateTimeOffset, byte>(ref Unsafe.AsRef(in value)), 8));
        var minutes = value.TotalOffsetMinutes;
        return utc <= (ulong)DateTime.MaxValue.Ticks && minutes is >= -14 * 60 and <= 14 * 60
            && (ulong)((long)utc + (minutes * TimeSpan.TicksPerMinute)) <= (ulong)DateTime.MaxValue.Ticks;
    }
}
