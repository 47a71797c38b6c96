using System.Numerics;
using Wires;

namespace RayTracer.Geometry;

/// <summary>Triangles as indices: three <see cref="Corners"/> each, and for each corner a normal.</summary>
[Immutable]
public sealed class TriangleMesh(Vector3[] positions, Vector3[] normals, int[] corners, int[] cornerNormals, int[] triangleMaterials)
{
    /// <summary>The vertices.</summary>
    public Vector3[] Positions { get; } = positions;

    /// <summary>Unit normals.</summary>
    public Vector3[] Normals { get; } = normals;

    /// <summary>Indices of <see cref="Positions"/>, three for each triangle.</summary>
    public int[] Corners { get; } = corners;

    /// <summary>Indices of <see cref="Normals"/>, three for each triangle.</summary>
    public int[] CornerNormals { get; } = cornerNormals;

    /// <summary>One index of the scene's materials for each triangle.</summary>
    public int[] TriangleMaterials { get; } = triangleMaterials;

    /// <summary>How many triangles there are.</summary>
    public int TriangleCount => Corners.Length / 3;

    /// <summary>The smallest box around all vertices of triangles.</summary>
    public Aabb Bounds()
    {
        Aabb bounds = Aabb.Empty;
        foreach (int corner in Corners)
        {
            bounds = bounds.Include(Positions[corner]);
        }

        return bounds;
    }
}
