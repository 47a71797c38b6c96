using System.Buffers;
using Xunit;

namespace Wires.Tests.Serialization;

/// <summary>What holds for a value of every type.</summary>
public sealed class RoundTripTests
{
    private static readonly Dictionary<string, ISample> ByName = Samples.All.ToDictionary(s => s.Name);

    public static TheoryData<string> Names => new(ByName.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void AValueThatWasReadIsWrittenAsBefore(string name)
    {
        var sample = ByName[name];
        var bytes = sample.Write(sample.Value);
        var read = sample.Read(bytes);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(sample.Write(read)));
        Assert.Equal(sample.Value is null, read is null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void InputInPiecesOfAnySizeIsReadAlike(string name)
    {
        var sample = ByName[name];
        var bytes = sample.Write(sample.Value);
        foreach (var size in new[] { 1, 2, 3, 7, 64 })
        {
            var pieces = Segments.Of(bytes, size);
            Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(sample.Write(sample.Read(in pieces))));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ACopyIsWhatARoundTripGives(string name)
    {
        var sample = ByName[name];
        var bytes = sample.Write(sample.Value);
        var copy = sample.Copy();
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(sample.Write(copy)));
        if (!sample.IsShared)
        {
            Assert.Equal(sample.Read(bytes)?.GetType(), copy?.GetType());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ACopySharesNothingThatCanChange(string name)
    {
        var sample = ByName[name];
        var copy = sample.Copy();
        if (sample.IsShared)
        {
            Assert.True(Equals(sample.Value, copy));
            return;
        }

        var shared = References.MutableOf(sample.Value);
        shared.IntersectWith(References.MutableOf(copy));
        Assert.Empty(shared);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void InputThatEndsEarlyIsRefused(string name)
    {
        var sample = ByName[name];
        var bytes = sample.Write(sample.Value);
        for (var length = 0; length < Math.Min(bytes.Length, 200); length++)
        {
            Assert.Throws<Wires.Serialization.WireSerializationException>(() => sample.Read(bytes.AsSpan(0, length)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void InputThatGoesOnIsRefused(string name)
    {
        var sample = ByName[name];
        byte[] bytes = [.. sample.Write(sample.Value), 0];
        Assert.Throws<Wires.Serialization.WireSerializationException>(() => sample.Read(bytes));
    }

    [Fact]
    public void EverySampleHasAName() => Assert.Equal(Samples.All.Count, ByName.Count);
}
