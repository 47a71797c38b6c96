using System.Collections.Immutable;
using System.Numerics;
using RayTracer.Tracing;

namespace RayTracer.Rendering;

/// <summary>The work on the pixels of one tile. Light is summed sample by sample in their order, so that the sums are the same to the last bit wherever a tile is, and however often it moves.</summary>
internal static class TileBuffer
{
    /// <summary>Adds one sample to each pixel.</summary>
    public static void AddSample(Scene scene, RenderJob job, TileRegion region, int sample, Span<Vector3> light)
    {
        int i = 0;
        for (int y = region.Y; y < region.Y + region.Height; y++)
        {
            for (int x = region.X; x < region.X + region.Width; x++)
            {
                light[i++] += Integrator.Sample(scene, x, y, job.Width, job.Height, sample, job.Samples);
            }
        }
    }

    /// <summary>The finished pixels, three bytes each.</summary>
    public static byte[] Pixels(ReadOnlySpan<Vector3> light, int samples)
    {
        byte[] rgb = new byte[light.Length * 3];
        for (int i = 0; i < light.Length; i++)
        {
            ToneMap.Write(light[i] / samples, rgb.AsSpan(3 * i));
        }

        return rgb;
    }

    /// <summary>The means of blocks of pixels. Blocks beyond the picture's edge are black.</summary>
    public static ImmutableArray<byte> Thumbnail(ReadOnlySpan<Vector3> light, int samples, TileRegion region, int tileSize)
    {
        const int Size = RenderJob.ThumbnailSize;
        Span<Vector3> sums = stackalloc Vector3[Size * Size];
        Span<int> counts = stackalloc int[Size * Size];
        sums.Clear();
        counts.Clear();
        for (int i = 0; i < light.Length; i++)
        {
            int block = (i / region.Width * Size / tileSize * Size) + (i % region.Width * Size / tileSize);
            sums[block] += light[i];
            counts[block]++;
        }

        Span<byte> rgb = stackalloc byte[Size * Size * 3];
        rgb.Clear();
        for (int block = 0; block < sums.Length; block++)
        {
            if (counts[block] > 0)
            {
                ToneMap.Write(sums[block] / (counts[block] * samples), rgb[(3 * block)..]);
            }
        }

        return ImmutableArray.Create(rgb);
    }
}
