using System.Collections;
using System.Numerics;
using System.Text;
using Wires.Serialization;
using Wires.Serialization.Formatters;
using Xunit;

namespace Wires.Tests.Serialization;

/// <summary>Each way in which input can lie, and what is said of it.</summary>
public sealed class HostileInputTests
{
    static HostileInputTests()
    {
        WireFormatters.Register(new ListFormatter<int>());
        WireFormatters.Register(new ListFormatter<Person>());
        WireFormatters.Register(new DictionaryFormatter<string, int>());
        WireFormatters.Register(new SortedListFormatter<int, int>());
        WireFormatters.Register(new HashSetFormatter<int>());
        WireFormatters.Register(new TwoDimensionalArrayFormatter<int>());
        WireFormatters.Register(new FourDimensionalArrayFormatter<string>());
        WireFormatters.Register(new ValueTupleFormatter<bool, int>());
        WireFormatters.Register(new ArrayFormatter<(bool, int)>());
    }

    [Fact]
    public void TheMessageSaysWhatAndWhereAndOfWhichType()
    {
        var e = Assert.Throws<WireSerializationException>(() => WireSerializer.Deserialize<bool>([2]));
        Assert.Equal("The bytes are not a valid value; type System.Boolean; at byte 0.", e.Message);
        Assert.Equal((typeof(bool), 0L), (e.ValueType, e.Offset));
    }

    [Fact]
    public void ATypeWithoutAFormatterIsNamed() =>
        Assert.Contains("System.Type", Assert.Throws<WireSerializationException>(() => WireSerializer.Serialize<Type>(typeof(int))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("FFFFFF7F")]
    [InlineData("FFFFFF7F01000000")]
    [InlineData("FEFFFFFF")]
    [InlineData("00000080")]
    public void ACountThatCannotBeIsRefused(string hex)
    {
        Refuses<List<int>>(hex);
        Refuses<int[]>(hex);
        Refuses<string[]>(hex);
        Refuses<Dictionary<string, int>>(hex);
        Refuses<StringBuilder>(hex);
        Refuses<BigInteger>(hex);
    }

    [Fact]
    public void ALongCountOfSmallElementsAllocatesAsTheyAreRead()
    {
        var bytes = new byte[1_000_000];
        BitConverter.TryWriteBytes(bytes, 900_000);
        bytes.AsSpan(4, 10).Fill(255);
        bytes[14] = 254;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refuses<List<Person>>(Convert.ToHexString(bytes.AsSpan(0, 100)));
        Assert.Throws<WireSerializationException>(() => WireSerializer.Deserialize<List<Person>>(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
    }

    [Theory]
    [InlineData("FDFFFFFF02000000C328")] // a lead byte without its second
    [InlineData("FCFFFFFF01000000EDA080")] // a surrogate in UTF-8
    [InlineData("FDFFFFFF010000006161")] // two chars that say they are one
    [InlineData("FDFFFFFF030000006161")] // two bytes that say they are three chars
    [InlineData("FDFFFFFF00000000C328")]
    [InlineData("000000800000000061")]
    public void TextThatIsNotUtf8IsRefused(string hex) => Refuses<string>(hex);

    [Fact]
    public void TextOfUnknownLengthIsRead() => Assert.Equal("é", WireSerializer.Deserialize<string>(Convert.FromHexString("FDFFFFFFFFFFFFFFC3A9")));

    [Fact]
    public void ValuesThatOnlyConstructorsCheckAreRefused()
    {
        Refuses<bool>("02");
        Refuses<bool?>("0202");
        Refuses<bool?>("0102");
        Refuses<decimal>("00001D00000000000000000000000000");
        Refuses<decimal>("01000000000000000000000000000000");
        Refuses<DateTime>("FFFFFFFFFFFFFF3F");
        Refuses<DateTimeOffset>("49030000000000008000B796AB49DE08");
        Refuses<DateTimeOffset>("0000000000000000FFFFFFFFFFFFFF7F");
        Refuses<DateOnly>("DCB93700");
        Refuses<DateOnly>("FFFFFFFF");
        Refuses<TimeOnly>("00C0692AC9000000");
        Refuses<Rune>("00D80000");
        Refuses<Version>("04FFFFFFFF000000000000000000000000");
        Refuses<Version>("040100000001000000FFFFFFFF00000000");
        Refuses<(bool, int)>("0000000002000000");
        Refuses<(bool, int)[]>("0200000000000000010000000000000002000000");
    }

    [Fact]
    public void KeysThatAreThereTwiceAreRefused()
    {
        Refuses<Dictionary<string, int>>("02000000FEFFFFFF010000006101000000FEFFFFFF010000006102000000");
        Refuses<Dictionary<string, int>>("01000000FFFFFFFF01000000");
        Refuses<SortedList<int, int>>("0200000001000000010000000100000001000000");
        Refuses<HashSet<int>>("020000000100000001000000");
    }

    [Fact]
    public void LengthsThatOverflowAreRefused()
    {
        Refuses<int[,]>("03000001000000010000000000");
        Refuses<int[,]>("03FFFFFFFFFFFFFFFF0100000000000000");
        Refuses<int[,]>("030000000001000000010000000000000000");
        Refuses<string[,,,]>("05FFFFFF7FFFFFFF7FFFFFFF7F0000000000000000");
        Refuses<BitArray>("02FFFFFF7F0100000000000000");
        Refuses<BitArray>("02FFFFFFFF0100000000000000");
    }

    [Fact]
    public void NestingIsBoundedInsteadOfOverflowingTheStack()
    {
        var bytes = Enumerable.Repeat<byte[]>([4, 255, 255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 255], 100_000).SelectMany(b => b).ToArray();
        Assert.Contains("nested", Assert.Throws<WireSerializationException>(() => WireSerializer.Deserialize<Person>(bytes)).Message, StringComparison.Ordinal);
        var thread = new Thread(() => Assert.Throws<WireSerializationException>(() => WireSerializer.Deserialize<Person>(bytes)), 160 * 1024);
        thread.Start();
        thread.Join();
    }

    [Fact]
    public void ACycleIsRefusedByWritingAndCopying()
    {
        var ann = new Person();
        ann.Boss = ann;
        Assert.Throws<WireSerializationException>(() => WireSerializer.Serialize(ann));
        Assert.Throws<WireSerializationException>(() => WireFormatters.Get<Person>().Copy(ann));
    }

    [Fact]
    public void ASubclassIsRefusedByWritingAndCopying()
    {
        List<int> list = new Sublist { 1 };
        Person person = new Manager();
        Assert.Throws<WireSerializationException>(() => WireSerializer.Serialize(list));
        Assert.Throws<WireSerializationException>(() => WireFormatters.Get<List<int>>().Copy(list));
        Assert.Throws<WireSerializationException>(() => WireSerializer.Serialize(person));
        Assert.Throws<WireSerializationException>(() => WireFormatters.Get<Person>().Copy(person));
    }

    [Fact]
    public void AnObjectIdThatLiesIsRefused()
    {
        Refuses<Node>("FA05");
        Refuses<Node>("02040200010000FA05");
        Refuses<Node>("0204FF0001000000FF");
        Refuses<Tolerant>("030309080100000000000000");
    }

    private static void Refuses<T>(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        var e = Assert.Throws<WireSerializationException>(() => WireSerializer.Deserialize<T>(bytes));
        Assert.InRange(e.Offset, -1, bytes.Length);
    }

    private sealed class Sublist : List<int>;

    private sealed class Manager : Person;
}
