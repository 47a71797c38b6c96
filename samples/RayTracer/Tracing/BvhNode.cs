using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RayTracer.Tracing;

/// <summary>A node of a <see cref="Bvh"/>: 32 bytes, two to a cache line.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BvhNode
{
    public Vector3 Min;

    /// <summary>A leaf: its first triangle. Otherwise its left child; the right one is the next.</summary>
    public int First;

    public Vector3 Max;

    /// <summary>How many triangles a leaf has; 0 for others.</summary>
    public int Count;

    /// <summary>How far along the ray the box begins; infinite where the ray misses it or it begins beyond <paramref name="limit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Enter(in Ray ray, float limit)
    {
        Vector3 t1 = (Min - ray.Origin) * ray.Reciprocal;
        Vector3 t2 = (Max - ray.Origin) * ray.Reciprocal;
        Vector3 near = Vector3.MinNative(t1, t2);
        Vector3 far = Vector3.MaxNative(t1, t2);
        float enter = 0;
        enter = near.X > enter ? near.X : enter;
        enter = near.Y > enter ? near.Y : enter;
        enter = near.Z > enter ? near.Z : enter;
        float leave = limit;
        leave = far.X < leave ? far.X : leave;
        leave = far.Y < leave ? far.Y : leave;
        leave = far.Z < leave ? far.Z : leave;

        // Rounding of the two may differ from the triangle test's: a triangle in a side of its box must not be missed (Ize 2013).
        return enter <= leave * 1.0000004f ? enter : float.PositiveInfinity;
    }
}
