using System.Runtime.CompilerServices;

namespace Wires.Serialization;

/// <summary>
/// Writes values without references whose layout has holes. The bytes in a hole are whatever the stack held, so a plain copy would make
/// equal values differ in their bytes, and would tell the receiver what it should not know. Holes are written as zeros.
/// </summary>
internal static class Padding
{
    public static ref byte ReserveZeros<T>(ref WireWriter writer)
    {
        ref var at = ref writer.Reserve(Unsafe.SizeOf<T>());
        Unsafe.InitBlockUnaligned(ref at, 0, (uint)Unsafe.SizeOf<T>());
        return ref at;
    }

    /// <summary>Puts a field where it lies in its owner.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<TOwner, TField>(ref byte at, scoped ref readonly TOwner owner, scoped ref readonly TField field)
    {
        var offset = Unsafe.ByteOffset(ref Unsafe.As<TOwner, byte>(ref Unsafe.AsRef(in owner)), ref Unsafe.As<TField, byte>(ref Unsafe.AsRef(in field)));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, offset), field);
    }

    public static void WriteNullable<T>(ref WireWriter writer, scoped ref readonly T? value)
        where T : struct
    {
        ref var at = ref ReserveZeros<T?>(ref writer);
        if (value.HasValue)
        {
            Unsafe.Add(ref at, FlagOffset(in value)) = 1;
            Put(ref at, in value, in Nullable.GetValueRefOrDefaultRef(in value));
        }
    }

    /// <summary>Whether the flag of a nullable that was copied from the input is 0 or 1.</summary>
    public static bool IsNullableValid<T>(scoped ref readonly T? value)
        where T : struct =>
        Unsafe.Add(ref Unsafe.As<T?, byte>(ref Unsafe.AsRef(in value)), FlagOffset(in value)) <= 1;

    // The flag is first, unless the value is.
    private static int FlagOffset<T>(scoped ref readonly T? value)
        where T : struct =>
        Unsafe.AreSame(ref Unsafe.As<T?, byte>(ref Unsafe.AsRef(in value)), ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in Nullable.GetValueRefOrDefaultRef(in value))))
            ? Unsafe.SizeOf<T>()
            : 0;
}
