using System.Buffers.Binary;
using Wires.Serialization;
using Xunit;

namespace Wires.Tests.Serialization;

/// <summary>Input that nobody wrote, or that somebody wrote with intent.</summary>
public sealed class FuzzTests
{
    private const int CasesPerSample = 120;

    private static readonly int[] Interesting = [-1, int.MinValue, int.MaxValue, 0x10000000, 1 << 20, -2, -1000, 0, 255, 0x7FFFFFF0, 65536];

    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    public void BadInputIsRefusedAndCostsNoMoreThanItself(int seed)
    {
        var random = new Random(seed);
        var refused = 0;
        var taken = 0;
        foreach (var sample in Samples.All)
        {
            var good = sample.Write(sample.Value);
            _ = sample.Read(good);
            for (var i = 0; i < CasesPerSample; i++)
            {
                var bytes = Mutate(good, random);
                var before = GC.GetAllocatedBytesForCurrentThread();
                object? value = null;
                var read = false;
                try
                {
                    value = sample.Read(bytes);
                    read = true;
                    taken++;
                }
                catch (WireSerializationException e)
                {
                    Assert.InRange(e.Offset, -1, bytes.Length);
                    refused++;
                }
                catch (Exception e)
                {
                    Assert.Fail($"seed {seed}, {sample.Name}, {Convert.ToHexString(bytes)}: {e}");
                }

                // The exception, its message and the objects of an empty collection are the constant; the factor is what a small value takes as an object.
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(allocated < 64 * 1024 + (bytes.Length * 128L), $"seed {seed}, {sample.Name}, {Convert.ToHexString(bytes)}: {allocated} bytes allocated");
                Assert.True(read == ReadsInPieces(sample, bytes, random), $"seed {seed}, {sample.Name}, {Convert.ToHexString(bytes)}: pieces are read otherwise than the whole");
                if (read)
                {
                    // What was taken for a value is one.
                    _ = sample.Read(sample.Write(value));
                }
            }
        }

        Assert.True(refused > 10_000, $"only {refused} cases were refused");
        Assert.True(taken > 1_000, $"only {taken} cases were taken");
    }

    private static bool ReadsInPieces(ISample sample, byte[] bytes, Random random)
    {
        try
        {
            var pieces = Segments.Of(bytes, random.Next(1, 9));
            _ = sample.Read(in pieces);
            return true;
        }
        catch (WireSerializationException)
        {
            return false;
        }
    }

    private static byte[] Mutate(byte[] good, Random random)
    {
        if (random.Next(8) == 0)
        {
            var noise = new byte[random.Next(40)];
            random.NextBytes(noise);
            return noise;
        }

        byte[] bytes = [.. good.AsSpan(0, Math.Min(good.Length, 2000))];
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            switch (random.Next(5))
            {
                case 0 when bytes.Length > 0:
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    break;
                case 1 when bytes.Length > 0:
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when bytes.Length >= 4:
                    BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(random.Next(bytes.Length - 3)), Interesting[random.Next(Interesting.Length)]);
                    break;
                case 3:
                    bytes = [.. bytes.AsSpan(0, random.Next(bytes.Length + 1))];
                    break;
                default:
                    var at = random.Next(bytes.Length + 1);
                    bytes = [.. bytes.AsSpan(0, at), (byte)random.Next(256), .. bytes.AsSpan(at)];
                    break;
            }
        }

        return bytes;
    }
}
