using System.Numerics;
using RayTracer.Tracing;

namespace RayTracer.Geometry;

/// <summary>Puts a mesh on a floor, in the light, and in front of a camera.</summary>
public static class SceneSetup
{
    private const float FieldOfView = 0.6f;

    /// <summary>Makes a scene of a mesh of any size and place, with y upwards.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="materials">Its materials.</param>
    /// <param name="from">The direction in which the camera stands.</param>
    /// <param name="zoom">How much larger than by its bounding sphere it is seen.</param>
    public static SceneDescription Around(TriangleMesh mesh, Material[] materials, Vector3 from, float zoom = 1.15f)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        Aabb bounds = mesh.Bounds();
        float radius = MathF.Max(bounds.Extent.Length() / 2, float.Epsilon);
        Vector3 eye = bounds.Center + (Vector3.Normalize(from) * (radius / MathF.Sin(FieldOfView / 2) / zoom));
        var light = new SphereLight(bounds.Center + (Vector3.Normalize(new Vector3(-0.75f, 1.25f, 0.7f)) * radius * 4), radius * 0.55f, new Vector3(1.9f, 1.72f, 1.45f));
        var floor = new Material(new Vector3(0.56f, 0.55f, 0.52f), new Vector3(0.1f), 30, Vector3.Zero, new Vector3(0.04f), IsChecked: true);
        return new SceneDescription(
            mesh,
            materials,
            new Camera(eye, bounds.Center, FieldOfView),
            light,
            new Sky(new Vector3(0.62f, 0.7f, 0.82f), new Vector3(0.12f, 0.28f, 0.68f)),
            new Ground(bounds.Min.Y, floor, radius * 0.3f));
    }

    /// <summary>Makes a scene of a model that was read from a file.</summary>
    public static SceneDescription Of(ObjModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Around(model.Mesh, [.. model.Materials], new Vector3(0.45f, 0.4f, 1));
    }
}
