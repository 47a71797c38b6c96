using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Wires.Serialization;
using Wires.Serialization.Formatters;
using Xunit;

namespace Wires.Tests.Serialization;

/// <summary>Encodings that the vectors lack, worked out from MemoryPack's format by hand.</summary>
public sealed class MoreVectorTests
{
    [Fact]
    public void TextInUtf16()
    {
        Assert.Equal("03000000610062006300", Convert.ToHexString(WireSerializer.Serialize("abc", WireWriterOptions.Utf16Strings)));
        Assert.Equal("abc", WireSerializer.Deserialize<string>(Convert.FromHexString("03000000610062006300")));
        Is("0100000000D8", "\uD800");
    }

    [Fact]
    public void ArraysOfSeveralDimensions()
    {
        var square = new int[2, 2];
        (square[0, 0], square[0, 1], square[1, 0], square[1, 1]) = (1, 2, 3, 4);
        var cube = new string[1, 1, 1];
        cube[0, 0, 0] = "a";
        Is("03020000000200000004000000" + "01000000020000000300000004000000", square, new TwoDimensionalArrayFormatter<int>());
        Is("04010000000100000001000000" + "01000000" + "FEFFFFFF0100000061", cube, new ThreeDimensionalArrayFormatter<string>());
        Is("05010000000100000001000000000000000000" + "0000", new byte[1, 1, 1, 0], new FourDimensionalArrayFormatter<byte>());
    }

    [Fact]
    public void PaddingIsZero()
    {
        Is("00" + "00000000000000" + "0000000000000000" + "0000000000000000", default(decimal?));
        Is("01000000" + "07000000", (int?)7);
        Is("02000000" + "01000000", ((byte)1, 2), new ValueTupleFormatter<byte, int>());
        Is("0100000000000000" + "0200000000000000", new KeyValuePair<int, long>(1, 2), new KeyValuePairFormatter<int, long>());
        Is("01000000" + "0100000000000000" + "0200000000000000", new Dictionary<int, long> { [1] = 2 }, new DictionaryFormatter<int, long>());
    }

    [Fact]
    public void ObjectsOfTheLibrary()
    {
        Is("02" + "01000000" + "FEFFFFFF0100000061", Tuple.Create(1, "a"), new TupleFormatter<int, string>());
        Is("01" + "05000000", new Lazy<int>(5), new LazyFormatter<int>());
        Is("04" + "01000000" + "02000000" + "FFFFFFFF" + "FFFFFFFF", new Version(1, 2));
        Is("02" + "03000000" + "01000000" + "05000000", new BitArray([true, false, true]));
        Is("02000000" + "68006900", new StringBuilder("hi"));
        Is("FAFFFFFF0500000064652D4445", CultureInfo.GetCultureInfo("de-DE"));
        Is("FFFFFFFF", default(ImmutableArray<int>), new ImmutableArrayFormatter<int>());
        Is("01" + "0201000000FEFFFFFF0100000073", (Mixed?)new Mixed { A = 1, S = "s" }, new NullableFormatter<Mixed>());
        Is("FF", default(Mixed?));
        Is("01000000" + "02" + "01000000" + "02000000" + "0300000004000000", Enumerable.Range(3, 2).ToLookup(_ => 1), new InterfaceLookupFormatter<int, int>());
        Is("00000000000000000000000000000080", Int128.MinValue);
        Is("00F60100", new Rune(0x1F600));
    }

    [Fact]
    public void ABigIntegerKeepsItsNumber() => Is("0D000000" + "00000000000000000000000010", BigInteger.Pow(2, 100));

    [Fact]
    public void ATagOf250AndMoreIsWide() => Is<IShape>("FA2C01" + "02" + "01000000" + "02000000", new Rect { W = 1, H = 2 });

    [Fact]
    public void TheLengthOfALongMemberTakesThreeBytes() =>
        Is("03" + "04" + "84D000" + "08" + "01000000" + "37FFFFFFC8000000" + string.Concat(Enumerable.Repeat("6E", 200)) + "0000000000000000", new Tolerant { Id = 1, Name = new string('n', 200) });

    [Fact]
    public void AnObjectOfAnotherVersionIsRead()
    {
        // Fewer members; then one more, which is left out.
        Assert.Equal(7, WireSerializer.Deserialize<Tolerant>(Convert.FromHexString("010407000000"))!.Id);
        var newer = WireSerializer.Deserialize<Tolerant>(Convert.FromHexString("04040000020700000001FF"))!;
        Assert.Equal((7, null, 0d), (newer.Id, newer.Name, newer.Extra));
        Assert.Equal("Ann", WireSerializer.Deserialize<Person>(Convert.FromHexString("01FCFFFFFF03000000416E6E"))!.Name);
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "848000")]
    [InlineData(-120, "88")]
    [InlineData(-121, "8687")]
    [InlineData(-129, "847FFF")]
    [InlineData(40000, "82409C0000")]
    [InlineData(-40000, "82C063FFFF")]
    [InlineData(long.MaxValue, "80FFFFFFFFFFFFFF7F")]
    [InlineData(long.MinValue, "800000000000000080")]
    public void Integers(long value, string hex)
    {
        var buffer = new WireBuffer();
        var writer = new WireWriter(buffer);
        writer.WriteVarInt(value);
        writer.Flush();
        Assert.Equal(hex, Convert.ToHexString(buffer.WrittenSpan));
        var reader = new WireReader(buffer.WrittenSpan);
        Assert.Equal(value, reader.ReadVarIntInt64());
    }

    [Theory]
    [InlineData(127u, "7F")]
    [InlineData(200u, "85C800")]
    [InlineData(70000u, "8370110100")]
    public void UnsignedIntegers(uint value, string hex)
    {
        var buffer = new WireBuffer();
        var writer = new WireWriter(buffer);
        writer.WriteVarInt(value);
        writer.Flush();
        Assert.Equal(hex, Convert.ToHexString(buffer.WrittenSpan));
        var reader = new WireReader(buffer.WrittenSpan);
        Assert.Equal(value, reader.ReadVarIntUInt32());
    }

    private static void Is<T>(string hex, T? value, WireFormatter<T>? formatter = null)
    {
        if (formatter is not null)
        {
            WireFormatters.Register(formatter);
        }

        Assert.Equal(hex, Convert.ToHexString(WireSerializer.Serialize(value)));
        Assert.Equal(hex, Convert.ToHexString(WireSerializer.Serialize(WireSerializer.Deserialize<T>(Convert.FromHexString(hex)))));
    }
}
