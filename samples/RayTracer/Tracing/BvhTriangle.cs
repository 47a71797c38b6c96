using System.Numerics;
using System.Runtime.CompilerServices;

namespace RayTracer.Tracing;

/// <summary>A triangle as the intersection test wants it: a corner and two edges.</summary>
internal readonly struct BvhTriangle(Vector3 corner, Vector3 edge1, Vector3 edge2, int index)
{
    private readonly Vector3 _corner = corner;
    private readonly Vector3 _edge1 = edge1;
    private readonly Vector3 _edge2 = edge2;

    /// <summary>The index in the mesh.</summary>
    public readonly int Index = index;

    /// <summary>Möller and Trumbore's test.</summary>
    /// <returns>Whether the ray meets it from either side, nearer than <paramref name="limit"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Intersect(in Ray ray, float limit, out float distance, out float u, out float v)
    {
        Vector3 p = Vector3.Cross(ray.Direction, _edge2);
        float determinant = Vector3.Dot(_edge1, p);
        Vector3 s = ray.Origin - _corner;
        Vector3 q = Vector3.Cross(s, _edge1);

        // A determinant of 0 (the ray is in the triangle's plane) makes what follows infinite or no number: every comparison then says no.
        float inverse = 1 / determinant;
        u = Vector3.Dot(s, p) * inverse;
        v = Vector3.Dot(ray.Direction, q) * inverse;
        distance = Vector3.Dot(_edge2, q) * inverse;
        return u >= 0 && v >= 0 && u + v <= 1 && distance > 0 && distance < limit;
    }
}
