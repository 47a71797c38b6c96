using System.Numerics;

namespace RayTracer.Geometry;

/// <summary>An axis-aligned bounding box.</summary>
/// <param name="Min">The corner with the least coordinates.</param>
/// <param name="Max">The corner with the greatest.</param>
public readonly record struct Aabb(Vector3 Min, Vector3 Max)
{
    /// <summary>Holds nothing, and becomes what is included first.</summary>
    public static Aabb Empty => new(new Vector3(float.PositiveInfinity), new Vector3(float.NegativeInfinity));

    /// <summary>The middle.</summary>
    public Vector3 Center => (Min + Max) * 0.5f;

    /// <summary>The lengths of its edges.</summary>
    public Vector3 Extent => Max - Min;

    /// <summary>Half of its surface: what the surface area heuristic weighs by. 0 if empty.</summary>
    public float HalfArea
    {
        get
        {
            Vector3 e = Extent;
            return e.X < 0 ? 0 : (e.X * e.Y) + (e.Y * e.Z) + (e.Z * e.X);
        }
    }

    /// <summary>The smallest box that holds this and a point.</summary>
    public Aabb Include(Vector3 point) => new(Vector3.Min(Min, point), Vector3.Max(Max, point));

    /// <summary>The smallest box that holds this and another.</summary>
    public Aabb Include(Aabb other) => new(Vector3.Min(Min, other.Min), Vector3.Max(Max, other.Max));
}
