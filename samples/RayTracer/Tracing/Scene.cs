using System.Numerics;
using RayTracer.Geometry;

namespace RayTracer.Tracing;

/// <summary>A scene that rays can be sent into. It does not change, so any number of threads may.</summary>
public sealed class Scene
{
    private readonly SceneDescription _description;
    private readonly Bvh _bvh;

    /// <summary>Builds what tracing needs: for a large mesh, this takes a while.</summary>
    public Scene(SceneDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _description = description;
        _bvh = Bvh.Build(description.Mesh);
        Aabb bounds = description.Mesh.Bounds();
        Size = bounds.Extent.Length();
        Center = bounds.Center;
    }

    /// <summary>The camera.</summary>
    public Camera Camera => _description.Camera;

    /// <summary>The light.</summary>
    public SphereLight Light => _description.Light;

    /// <summary>What is behind everything.</summary>
    public Sky Sky => _description.Sky;

    /// <summary>The diagonal of the box around the mesh.</summary>
    public float Size { get; }

    /// <summary>The middle of that box.</summary>
    public Vector3 Center { get; }

    /// <summary>Whether something is in a ray's way before a distance.</summary>
    public bool IsOccluded(in Ray ray, float distance) => GroundDistance(ray) < distance || _bvh.IsOccluded(ray, distance);

    /// <summary>What a ray meets first.</summary>
    /// <returns>False: the sky.</returns>
    public bool Intersect(in Ray ray, out Surface surface)
    {
        float ground = GroundDistance(ray);
        Hit hit = _bvh.Intersect(ray, ground);
        if (!hit.IsNone)
        {
            surface = SurfaceOf(ray, hit);
            return true;
        }

        if (float.IsPositiveInfinity(ground))
        {
            surface = default;
            return false;
        }

        Vector3 point = ray.At(ground);
        Ground plane = _description.Ground!.Value;
        Vector3 normal = ray.Direction.Y < 0 ? Vector3.UnitY : -Vector3.UnitY;
        surface = new Surface(point, ground, normal, normal, Checked(plane.Material, point, plane.Square));
        return true;
    }

    private float GroundDistance(in Ray ray)
    {
        if (_description.Ground is not { } ground)
        {
            return float.PositiveInfinity;
        }

        float distance = (ground.Height - ray.Origin.Y) * ray.Reciprocal.Y;
        return distance > 0 ? distance : float.PositiveInfinity;
    }

    private Surface SurfaceOf(in Ray ray, in Hit hit)
    {
        TriangleMesh mesh = _description.Mesh;
        ReadOnlySpan<int> corners = mesh.Corners.AsSpan(3 * hit.Triangle, 3);
        ReadOnlySpan<int> normals = mesh.CornerNormals.AsSpan(3 * hit.Triangle, 3);
        Vector3 a = mesh.Positions[corners[0]];
        Vector3 face = Vector3.Normalize(Vector3.Cross(mesh.Positions[corners[1]] - a, mesh.Positions[corners[2]] - a));
        Vector3 smooth = Vector3.Normalize((mesh.Normals[normals[0]] * (1 - hit.U - hit.V)) + (mesh.Normals[normals[1]] * hit.U) + (mesh.Normals[normals[2]] * hit.V));

        // Both point to where the ray comes from, whichever way round the corners are.
        face = Vector3.Dot(face, ray.Direction) > 0 ? -face : face;
        smooth = Vector3.Dot(smooth, face) < 0 ? -smooth : smooth;
        Vector3 point = ray.At(hit.Distance);
        return new Surface(point, hit.Distance, face, smooth, Checked(_description.Materials[mesh.TriangleMaterials[hit.Triangle]], point, Size * 0.02f));
    }

    private static Material Checked(in Material material, Vector3 point, float square) =>
        material.IsChecked && (((int)MathF.Floor(point.X / square) + (int)MathF.Floor(point.Z / square)) & 1) != 0
            ? material with { Diffuse = material.Diffuse * 0.35f }
            : material;
}
