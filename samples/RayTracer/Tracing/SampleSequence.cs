using System.Numerics;

namespace RayTracer.Tracing;

/// <summary>
/// The random numbers of one sample of one pixel, made by hashing from where they are used alone: whoever renders the sample, and whenever, gets the same ones.
/// For each use the samples of a pixel are spread evenly: they are the points of the R2 sequence (Roberts 2018), shifted and put into another order for each use.
/// </summary>
public struct SampleSequence(int x, int y, int sample, int samples)
{
    private readonly uint _pixel = Hash(unchecked(((uint)y * 0x9E3779B9u) ^ Hash((uint)x)));
    private uint _use;

    /// <summary>The next point of the unit square.</summary>
    public Vector2 Next()
    {
        uint seed = Hash(_pixel + (++_use * 0x85EBCA6Bu));
        uint index = Permute((uint)sample, (uint)samples, seed);
        uint u = Hash(seed ^ 0x68BC21EBu) + (index * 3_242_174_889u);
        uint v = Hash(seed ^ 0x02E5BE93u) + (index * 2_447_445_414u);
        return new Vector2(u >> 8, v >> 8) * (1f / (1 << 24));
    }

    // Chris Wellons' lowbias32.
    private static uint Hash(uint x)
    {
        x ^= x >> 16;
        x *= 0x7FEB352Du;
        x ^= x >> 15;
        x *= 0x846CA68Bu;
        return x ^ (x >> 16);
    }

    // Kensler 2013, "Correlated Multi-Jittered Sampling": the place of i in an order of length l that is picked by p.
    private static uint Permute(uint i, uint l, uint p)
    {
        uint w = BitOperations.RoundUpToPowerOf2(l) - 1;
        do
        {
            i ^= p;
            i *= 0xE170893Du;
            i ^= p >> 16;
            i ^= (i & w) >> 4;
            i ^= p >> 8;
            i *= 0x0929EB3Fu;
            i ^= p >> 23;
            i ^= (i & w) >> 1;
            i *= 1 | (p >> 27);
            i *= 0x6935FA69u;
            i ^= (i & w) >> 11;
            i *= 0x74DCB303u;
            i ^= (i & w) >> 2;
            i *= 0x9E501CC3u;
            i ^= (i & w) >> 2;
            i *= 0xC860A3DFu;
            i &= w;
            i ^= i >> 5;
        }
        while (i >= l);
        return (i + p) % l;
    }
}
