using System.Numerics;

namespace RayTracer.Tracing;

/// <summary>From light to the bytes of a picture.</summary>
public static class ToneMap
{
    // Light of this strength becomes white.
    private const float White = 2.2f;

    /// <summary>Writes a pixel: bright light is compressed (Reinhard 2002), then comes the gamma of screens.</summary>
    /// <param name="light">The mean of a pixel's samples.</param>
    /// <param name="rgb">Three bytes.</param>
    public static void Write(Vector3 light, Span<byte> rgb)
    {
        rgb[0] = Quantize(light.X);
        rgb[1] = Quantize(light.Y);
        rgb[2] = Quantize(light.Z);
    }

    private static byte Quantize(float light)
    {
        float compressed = light * (1 + (light / (White * White))) / (1 + light);
        return (byte)((255 * MathF.Pow(Math.Clamp(compressed, 0, 1), 1 / 2.2f)) + 0.5f);
    }
}
