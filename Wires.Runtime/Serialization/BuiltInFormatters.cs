using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using Wires.Serialization.Formatters;

namespace Wires.Serialization;

/// <summary>
/// The formatters that need no registration. They are made when first asked for: the tests below are constants for one T that is a value
/// type, so that starting up costs nothing for the types that a program does not use.
/// </summary>
[SuppressMessage("Design", "MA0051", Justification = "Tables.")]
internal static class BuiltInFormatters
{
    /// <summary>The formatter of a simple type, or null.</summary>
    public static WireFormatter<T>? Create<T>() =>
        (WireFormatter<T>?)(typeof(T).IsValueType ? (CreateValue<T>() ?? CreateNullable<T>()) : (CreateReference<T>() ?? CreateArray<T>()));

    private static object? CreateValue<T>()
    {
        if (typeof(T) == typeof(WireKey))
        {
            return new WireKeyFormatter();
        }

        if (typeof(T) == typeof(WireId))
        {
            return new WireIdFormatter();
        }

        if (typeof(T) == typeof(bool))
        {
            return new UnmanagedFormatter<bool>();
        }

        if (typeof(T) == typeof(byte))
        {
            return new UnmanagedFormatter<byte>();
        }

        if (typeof(T) == typeof(sbyte))
        {
            return new UnmanagedFormatter<sbyte>();
        }

        if (typeof(T) == typeof(short))
        {
            return new UnmanagedFormatter<short>();
        }

        if (typeof(T) == typeof(ushort))
        {
            return new UnmanagedFormatter<ushort>();
        }

        if (typeof(T) == typeof(int))
        {
            return new UnmanagedFormatter<int>();
        }

        if (typeof(T) == typeof(uint))
        {
            return new UnmanagedFormatter<uint>();
        }

        if (typeof(T) == typeof(long))
        {
            return new UnmanagedFormatter<long>();
        }

        if (typeof(T) == typeof(ulong))
        {
            return new UnmanagedFormatter<ulong>();
        }

        if (typeof(T) == typeof(char))
        {
            return new UnmanagedFormatter<char>();
        }

        if (typeof(T) == typeof(float))
        {
            return new UnmanagedFormatter<float>();
        }

        if (typeof(T) == typeof(double))
        {
            return new UnmanagedFormatter<double>();
        }

        if (typeof(T) == typeof(decimal))
        {
            return new UnmanagedFormatter<decimal>();
        }

        if (typeof(T) == typeof(nint))
        {
            return new UnmanagedFormatter<nint>();
        }

        if (typeof(T) == typeof(nuint))
        {
            return new UnmanagedFormatter<nuint>();
        }

        if (typeof(T) == typeof(DateTime))
        {
            return new UnmanagedFormatter<DateTime>();
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            return new UnmanagedFormatter<DateTimeOffset>();
        }

        if (typeof(T) == typeof(TimeSpan))
        {
            return new UnmanagedFormatter<TimeSpan>();
        }

        if (typeof(T) == typeof(DateOnly))
        {
            return new UnmanagedFormatter<DateOnly>();
        }

        if (typeof(T) == typeof(TimeOnly))
        {
            return new UnmanagedFormatter<TimeOnly>();
        }

        if (typeof(T) == typeof(Guid))
        {
            return new UnmanagedFormatter<Guid>();
        }

        if (typeof(T) == typeof(Half))
        {
            return new UnmanagedFormatter<Half>();
        }

        if (typeof(T) == typeof(Int128))
        {
            return new UnmanagedFormatter<Int128>();
        }

        if (typeof(T) == typeof(UInt128))
        {
            return new UnmanagedFormatter<UInt128>();
        }

        if (typeof(T) == typeof(Rune))
        {
            return new UnmanagedFormatter<Rune>();
        }

        if (typeof(T) == typeof(Complex))
        {
            return new UnmanagedFormatter<Complex>();
        }

        if (typeof(T) == typeof(Plane))
        {
            return new UnmanagedFormatter<Plane>();
        }

        if (typeof(T) == typeof(Quaternion))
        {
            return new UnmanagedFormatter<Quaternion>();
        }

        if (typeof(T) == typeof(Matrix3x2))
        {
            return new UnmanagedFormatter<Matrix3x2>();
        }

        if (typeof(T) == typeof(Matrix4x4))
        {
            return new UnmanagedFormatter<Matrix4x4>();
        }

        if (typeof(T) == typeof(Vector2))
        {
            return new UnmanagedFormatter<Vector2>();
        }

        if (typeof(T) == typeof(Vector3))
        {
            return new UnmanagedFormatter<Vector3>();
        }

        if (typeof(T) == typeof(Vector4))
        {
            return new UnmanagedFormatter<Vector4>();
        }

        if (typeof(T) == typeof(Index))
        {
            return new UnmanagedFormatter<Index>();
        }

        if (typeof(T) == typeof(Range))
        {
            return new UnmanagedFormatter<Range>();
        }

        return typeof(T) == typeof(BigInteger) ? new BigIntegerFormatter() : null;
    }

    private static object? CreateNullable<T>()
    {
        if (typeof(T) == typeof(bool?))
        {
            return new NullableFormatter<bool>();
        }

        if (typeof(T) == typeof(byte?))
        {
            return new NullableFormatter<byte>();
        }

        if (typeof(T) == typeof(sbyte?))
        {
            return new NullableFormatter<sbyte>();
        }

        if (typeof(T) == typeof(short?))
        {
            return new NullableFormatter<short>();
        }

        if (typeof(T) == typeof(ushort?))
        {
            return new NullableFormatter<ushort>();
        }

        if (typeof(T) == typeof(int?))
        {
            return new NullableFormatter<int>();
        }

        if (typeof(T) == typeof(uint?))
        {
            return new NullableFormatter<uint>();
        }

        if (typeof(T) == typeof(long?))
        {
            return new NullableFormatter<long>();
        }

        if (typeof(T) == typeof(ulong?))
        {
            return new NullableFormatter<ulong>();
        }

        if (typeof(T) == typeof(char?))
        {
            return new NullableFormatter<char>();
        }

        if (typeof(T) == typeof(float?))
        {
            return new NullableFormatter<float>();
        }

        if (typeof(T) == typeof(double?))
        {
            return new NullableFormatter<double>();
        }

        if (typeof(T) == typeof(decimal?))
        {
            return new NullableFormatter<decimal>();
        }

        if (typeof(T) == typeof(nint?))
        {
            return new NullableFormatter<nint>();
        }

        if (typeof(T) == typeof(nuint?))
        {
            return new NullableFormatter<nuint>();
        }

        if (typeof(T) == typeof(DateTime?))
        {
            return new NullableFormatter<DateTime>();
        }

        if (typeof(T) == typeof(DateTimeOffset?))
        {
            return new NullableFormatter<DateTimeOffset>();
        }

        if (typeof(T) == typeof(TimeSpan?))
        {
            return new NullableFormatter<TimeSpan>();
        }

        if (typeof(T) == typeof(DateOnly?))
        {
            return new NullableFormatter<DateOnly>();
        }

        if (typeof(T) == typeof(TimeOnly?))
        {
            return new NullableFormatter<TimeOnly>();
        }

        if (typeof(T) == typeof(Guid?))
        {
            return new NullableFormatter<Guid>();
        }

        if (typeof(T) == typeof(Half?))
        {
            return new NullableFormatter<Half>();
        }

        if (typeof(T) == typeof(Int128?))
        {
            return new NullableFormatter<Int128>();
        }

        if (typeof(T) == typeof(UInt128?))
        {
            return new NullableFormatter<UInt128>();
        }

        if (typeof(T) == typeof(Rune?))
        {
            return new NullableFormatter<Rune>();
        }

        if (typeof(T) == typeof(Complex?))
        {
            return new NullableFormatter<Complex>();
        }

        if (typeof(T) == typeof(Plane?))
        {
            return new NullableFormatter<Plane>();
        }

        if (typeof(T) == typeof(Quaternion?))
        {
            return new NullableFormatter<Quaternion>();
        }

        if (typeof(T) == typeof(Matrix3x2?))
        {
            return new NullableFormatter<Matrix3x2>();
        }

        if (typeof(T) == typeof(Matrix4x4?))
        {
            return new NullableFormatter<Matrix4x4>();
        }

        if (typeof(T) == typeof(Vector2?))
        {
            return new NullableFormatter<Vector2>();
        }

        if (typeof(T) == typeof(Vector3?))
        {
            return new NullableFormatter<Vector3>();
        }

        if (typeof(T) == typeof(Vector4?))
        {
            return new NullableFormatter<Vector4>();
        }

        if (typeof(T) == typeof(Index?))
        {
            return new NullableFormatter<Index>();
        }

        if (typeof(T) == typeof(Range?))
        {
            return new NullableFormatter<Range>();
        }

        return null;
    }

    private static object? CreateReference<T>()
    {
        if (typeof(T) == typeof(string))
        {
            return new StringFormatter();
        }

        if (typeof(T) == typeof(Uri))
        {
            return new UriFormatter();
        }

        if (typeof(T) == typeof(Version))
        {
            return new VersionFormatter();
        }

        if (typeof(T) == typeof(TimeZoneInfo))
        {
            return new TimeZoneInfoFormatter();
        }

        if (typeof(T) == typeof(CultureInfo))
        {
            return new CultureInfoFormatter();
        }

        if (typeof(T) == typeof(BitArray))
        {
            return new BitArrayFormatter();
        }

        if (typeof(T) == typeof(StringBuilder))
        {
            return new StringBuilderFormatter();
        }

        return null;
    }

    private static object? CreateArray<T>()
    {
        if (typeof(T) == typeof(string[]))
        {
            return new ArrayFormatter<string>();
        }

        if (typeof(T) == typeof(bool[]))
        {
            return new UnmanagedArrayFormatter<bool>();
        }

        if (typeof(T) == typeof(byte[]))
        {
            return new UnmanagedArrayFormatter<byte>();
        }

        if (typeof(T) == typeof(sbyte[]))
        {
            return new UnmanagedArrayFormatter<sbyte>();
        }

        if (typeof(T) == typeof(short[]))
        {
            return new UnmanagedArrayFormatter<short>();
        }

        if (typeof(T) == typeof(ushort[]))
        {
            return new UnmanagedArrayFormatter<ushort>();
        }

        if (typeof(T) == typeof(int[]))
        {
            return new UnmanagedArrayFormatter<int>();
        }

        if (typeof(T) == typeof(uint[]))
        {
            return new UnmanagedArrayFormatter<uint>();
        }

        if (typeof(T) == typeof(long[]))
        {
            return new UnmanagedArrayFormatter<long>();
        }

        if (typeof(T) == typeof(ulong[]))
        {
            return new UnmanagedArrayFormatter<ulong>();
        }

        if (typeof(T) == typeof(char[]))
        {
            return new UnmanagedArrayFormatter<char>();
        }

        if (typeof(T) == typeof(float[]))
        {
            return new UnmanagedArrayFormatter<float>();
        }

        if (typeof(T) == typeof(double[]))
        {
            return new UnmanagedArrayFormatter<double>();
        }

        if (typeof(T) == typeof(decimal[]))
        {
            return new UnmanagedArrayFormatter<decimal>();
        }

        if (typeof(T) == typeof(DateTime[]))
        {
            return new UnmanagedArrayFormatter<DateTime>();
        }

        if (typeof(T) == typeof(DateTimeOffset[]))
        {
            return new UnmanagedArrayFormatter<DateTimeOffset>();
        }

        if (typeof(T) == typeof(TimeSpan[]))
        {
            return new UnmanagedArrayFormatter<TimeSpan>();
        }

        if (typeof(T) == typeof(Guid[]))
        {
            return new UnmanagedArrayFormatter<Guid>();
        }

        return null;
    }
}
