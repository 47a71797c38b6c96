namespace RayTracer.Tracing;

/// <summary>Where a ray met a triangle.</summary>
/// <param name="Distance">Along the ray; infinite if it met none.</param>
/// <param name="Triangle">The index in the mesh.</param>
/// <param name="U">The weight of the second corner.</param>
/// <param name="V">The weight of the third corner.</param>
public readonly record struct Hit(float Distance, int Triangle, float U, float V)
{
    /// <summary>No triangle was met.</summary>
    public static Hit None => new(float.PositiveInfinity, -1, 0, 0);

    /// <summary>Whether no triangle was met.</summary>
    public bool IsNone => Triangle < 0;
}
