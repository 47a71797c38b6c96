using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Serialization.Formatters;
using Wires.Serialization.Images;
using Xunit;

#pragma warning disable WIRE1003 // the state is what is looked at

namespace Wires.Tests.Serialization.Images;

/// <summary>Images that nobody wrote, or that somebody wrote with intent.</summary>
public sealed class ImageFuzzTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(20261126)]
    public void BadImagesAreRefusedAndCostNoMoreThanThemselves(int seed)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < 60; i++)
        {
            GraphWire wire = ImageGraphTests.RandomWire(random);
            byte[] good = ImageTrip.Write(wire);
            for (var times = 0; times < 100; times++)
            {
                byte[] bytes = Mutate(good, random);
                refused += IsRead(() => CheckTypes(ImageTrip.Read(bytes)), bytes, $"seed {seed}") ? 0 : 1;
            }
        }

        Assert.True(refused > 2_000, $"only {refused} images were refused");
    }

    [Theory]
    [InlineData(4)]
    public void ValuesOfEveryTypeSurviveAnImageAndItsMutations(int seed)
    {
        var random = new Random(seed);
        foreach (ISample sample in Samples.All)
        {
            byte[] good = sample.WriteImage(sample.Value);
            object? read = sample.ReadImage(good);
            Assert.Equal(Convert.ToHexString(sample.Write(sample.Value)), Convert.ToHexString(sample.Write(read)));
            for (var times = 0; times < 100; times++)
            {
                byte[] bytes = Mutate(good, random);
                IsRead(() => sample.ReadImage(bytes), bytes, $"seed {seed}, {sample.Name}");
            }
        }
    }

    [Theory]
    [InlineData("02", "version 2")]
    [InlineData("01FF", "missing")]
    [InlineData("01001C", "has 0 fields")]
    [InlineData("", "too short")]
    public void AnImageThatIsNoneIsRefused(string hex, string why) => Assert.Contains(why, Refusal(Convert.FromHexString(hex)).Message, StringComparison.Ordinal);

    [Fact]
    public void AReferenceToWhatIsNotThereIsRefused()
    {
        Assert.Contains("no object with id 0", Refused<List<Part>>("03"), StringComparison.Ordinal);
        Assert.Contains("no object with id 7", Refused<List<Part>>("01010000000A"), StringComparison.Ordinal);
        Assert.Contains("no object with id 4294967292", Refused<List<Part>>("83FFFFFFFF"), StringComparison.Ordinal);
    }

    [Fact]
    public void AReferenceToAnotherTypeIsRefused() => Assert.Contains("is a System.Collections.Generic.List", Refused<List<Part>>("010100000003"), StringComparison.Ordinal);

    [Fact]
    public void AReferenceToWhatIsStillToBeMadeIsRefused() => Assert.Contains("refers to itself", Refused<Fixed>("0103" + "010000006100" + "00" + "03"), StringComparison.Ordinal);

    [Fact]
    public void AKeyThatIsNotCompleteIsRefusedWhereItCannotWait() =>
        Assert.Contains("Use a collection that can change", Refused<Keyed>("010407000000" + "0000" + "01000100000003"), StringComparison.Ordinal);

    [Fact]
    public void ATypeNumberThatWasNotNamedIsRefused() => Assert.Contains("No type with the number 5", Refused<Part>("0205"), StringComparison.Ordinal);

    [Fact]
    public void AComparerThatIsNoneOrComparesSomethingElseIsRefused()
    {
        Assert.Contains("no comparer with the number 9", Refused<HashSet<Part>>("0109"), StringComparison.Ordinal);
        Assert.Contains("does not compare its elements", Refused<HashSet<Part>>("010100000000"), StringComparison.Ordinal);
        Assert.Contains("does not compare its elements", Refused<SortedDictionary<Keyed, string>>("010500000000"), StringComparison.Ordinal);
    }

    [Fact]
    public void AnArrayOfLargeElementsIsNotMadeForAFewBytes()
    {
        WireFormatters.Register(new ValueTupleFormatter<decimal, decimal, decimal, Part>());
        WireFormatters.Register(new ArrayFormatter<(decimal, decimal, decimal, Part)>());
        Assert.Contains("The length 1000 is not valid", Refused<(decimal, decimal, decimal, Part)[]>("01E8030000" + new string('0', 2000)), StringComparison.Ordinal);
    }

    [Fact]
    public void AMemberThatIsNotKnownIsRefusedAsItsObjectsWouldBeMissing()
    {
        var message = new WireReader(new byte[1]);
        message.SkipMember(1);
        var image = new WireReader(new byte[1], new ReadObjects());
        image.SkipMember(0);
        Assert.Throws<WireSerializationException>(static () => new WireReader(new byte[1], new ReadObjects()).SkipMember(1));
    }

    [Fact]
    public void WhatGoesOnAfterTheStateIsRefused() => Assert.Contains("goes on", Refusal([.. ImageTrip.Write(new GraphWire()), 0]).Message, StringComparison.Ordinal);

    private static WireSerializationException Refusal(byte[] image) => Assert.Throws<WireSerializationException>(() => ImageTrip.Read(image));

    private static string Refused<T>(string hex)
    {
        _ = ImageTrip.TypeOf<GraphWireRef>();
        return Assert.Throws<WireSerializationException>(() => new WireReader(Convert.FromHexString(hex), new ReadObjects()).ReadValue<T>()).Message;
    }

    private static bool IsRead(Action read, byte[] bytes, string note)
    {
        // What is made once, as the names of all types, is none of the input's: it is not there the second time.
        long allocated = 0;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool isRead = true;
            try
            {
                read();
            }
            catch (WireSerializationException e)
            {
                Assert.InRange(e.Offset, -1, bytes.Length);
                isRead = false;
            }
            catch (Exception e)
            {
                Assert.Fail($"{note}, {Convert.ToHexString(bytes)}: {e}");
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated < (64 * 1024) + (bytes.Length * 256L))
            {
                return isRead;
            }
        }

        Assert.Fail($"{note}, {Convert.ToHexString(bytes)}: {allocated} bytes allocated for {bytes.Length}");
        return false;
    }

    // What was read as some type is of that type: the runtime does not look again.
    private static void CheckTypes(GraphWire read)
    {
        Assert.True((object?)read.Root is null or Part);
        Assert.All(read.List ?? [], p => Assert.True((object?)p is null or Part));
        Assert.All(read.Array ?? [], p => Assert.True((object?)p is null or Part));
        Assert.True((object?)read.Ints is null or int[]);
    }

    private static byte[] Mutate(byte[] good, Random random)
    {
        byte[] bytes = [.. good];
        for (var times = random.Next(1, 4); times > 0 && bytes.Length > 0; times--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(8);
                    break;
                case 2:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    bytes = [.. bytes.AsSpan(0, at)];
                    break;
                default:
                    bytes = [.. bytes.AsSpan(0, at), (byte)random.Next(256), .. bytes.AsSpan(at)];
                    break;
            }
        }

        return bytes;
    }
}
