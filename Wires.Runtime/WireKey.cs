using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wires;

/// <summary>What tells the wires of one type apart: a <see cref="string"/>, a <see cref="long"/> or a <see cref="Guid"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct WireKey : IEquatable<WireKey>
{
    // The string itself, or one of these markers with the value in the two words.
    private static readonly object Int64Marker = new();
    private static readonly object GuidMarker = new();

    private readonly object? _kind;
    private readonly long _low;
    private readonly long _high;

    /// <summary>A key that is a string.</summary>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty.</exception>
    public WireKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        _kind = key;
    }

    /// <summary>A key that is an integer.</summary>
    public WireKey(long key)
    {
        _kind = Int64Marker;
        _low = key;
    }

    /// <summary>A key that is a <see cref="Guid"/>.</summary>
    public WireKey(Guid key)
    {
        _kind = GuidMarker;
        (_low, _high) = Unsafe.BitCast<Guid, (long, long)>(key);
    }

    /// <summary>Whether this is <c>default</c>, which is no key.</summary>
    public bool IsDefault => _kind is null;

    /// <summary>Gives the string, if the key is one.</summary>
    public bool TryGetString([NotNullWhen(true)] out string? key) => (key = _kind as string) is not null;

    /// <summary>Gives the integer, if the key is one.</summary>
    public bool TryGetInt64(out long key)
    {
        key = _low;
        return _kind == Int64Marker;
    }

    /// <summary>Gives the <see cref="Guid"/>, if the key is one.</summary>
    public bool TryGetGuid(out Guid key)
    {
        key = Unsafe.BitCast<(long, long), Guid>((_low, _high));
        return _kind == GuidMarker;
    }

    /// <inheritdoc/>
    public bool Equals(WireKey other) =>
        _low == other._low && _high == other._high
        && (ReferenceEquals(_kind, other._kind) || (_kind is string text && other._kind is string otherText && text == otherText));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WireKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _kind is string text ? text.GetHashCode(StringComparison.Ordinal) : Mix((ulong)_low ^ System.Numerics.BitOperations.RotateLeft((ulong)_high, 32));

    /// <summary>The key as text, with no mark of its kind.</summary>
    public override string ToString() => _kind switch
    {
        null => "(no key)",
        string text => text,
        _ when _kind == Int64Marker => _low.ToString(CultureInfo.InvariantCulture),
        _ => Unsafe.BitCast<(long, long), Guid>((_low, _high)).ToString(),
    };

    /// <summary>Two keys are equal if they are of one kind and value.</summary>
    public static bool operator ==(WireKey left, WireKey right) => left.Equals(right);

    /// <summary>Two keys differ if their kinds or values do.</summary>
    public static bool operator !=(WireKey left, WireKey right) => !left.Equals(right);

    // Finalizer of MurmurHash3 (Appleby): neighbouring integers must not share buckets' low bits.
    private static int Mix(ulong x)
    {
        x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCDUL;
        return (int)(x ^ (x >> 29));
    }
}
