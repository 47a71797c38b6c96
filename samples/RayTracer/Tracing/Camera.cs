using System.Numerics;

namespace RayTracer.Tracing;

/// <summary>A pinhole camera.</summary>
/// <param name="Eye">Where it is.</param>
/// <param name="Target">The point in the middle of the picture.</param>
/// <param name="FieldOfView">The angle from the picture's lower to its upper edge, in radians.</param>
public readonly record struct Camera(Vector3 Eye, Vector3 Target, float FieldOfView)
{
    /// <summary>The ray through a point of a picture.</summary>
    /// <param name="x">From the left, in pixels.</param>
    /// <param name="y">From the top.</param>
    /// <param name="width">The picture's.</param>
    /// <param name="height">The picture's.</param>
    public Ray RayThrough(float x, float y, int width, int height)
    {
        Vector3 forward = Vector3.Normalize(Target - Eye);
        Vector3 right = Vector3.Normalize(Vector3.Cross(forward, Vector3.UnitY));
        Vector3 up = Vector3.Cross(right, forward);
        float scale = 2 * MathF.Tan(FieldOfView / 2) / height;
        Vector3 direction = forward + (right * ((x - (width * 0.5f)) * scale)) + (up * (((height * 0.5f) - y) * scale));
        return new Ray(Eye, Vector3.Normalize(direction));
    }
}
